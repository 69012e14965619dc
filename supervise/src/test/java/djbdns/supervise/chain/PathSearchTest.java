package djbdns.supervise.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.posix.Errno;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PathSearchTest {
  private static final int ENOTDIR = 20;

  private static List<String> candidates(String program, String... environment) {
    return new PathSearch(program, List.of(environment)).candidates();
  }

  @Test
  void shouldLookInEveryElementOfThePath() {
    assertEquals(List.of("/a/x", "b/x"), candidates("x", "PAT=/z", "PATH=/a:b", "PATH=/c"));
  }

  @Test
  void shouldTakeAnEmptyElementForTheWorkingDirectory() {
    assertEquals(List.of("./x"), candidates("x", "PATH="));
    assertEquals(List.of("./x", "/a/x", "./x", "./x"), candidates("x", "PATH=:/a::"));
  }

  @Test
  void shouldHaveADefaultPath() {
    assertEquals(List.of("/bin/x", "/usr/bin/x"), candidates("x", "HOME=/"));
    assertEquals(List.of("/bin/", "/usr/bin/"), candidates(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/x", "./x", "x/", "/"})
  void shouldNotSearchForANameWithASlash(String program) {
    assertEquals(List.of(program), candidates(program, "PATH=/a:/b"));
  }

  @Test
  void shouldReportTheLastErrorThatIsNotAMissingFile() {
    PathSearch search = new PathSearch("x", List.of());

    assertTrue(search.test(Errno.EISDIR));
    assertTrue(search.test(Errno.EACCES));
    assertTrue(search.test(Errno.EPERM));
    assertTrue(search.test(Errno.ENOENT));
    assertEquals(Errno.EPERM, search.error());
  }

  @Test
  void shouldReportAMissingFileIfThereIsNothingElse() {
    PathSearch search = new PathSearch("x", List.of());

    assertTrue(search.test(Errno.ENOENT));
    assertEquals(Errno.ENOENT, search.error());
  }

  @Test
  void shouldEndWithAnyOtherError() {
    PathSearch search = new PathSearch("x", List.of());

    assertTrue(search.test(Errno.EACCES));
    assertFalse(search.test(ENOTDIR));
    assertEquals(ENOTDIR, search.error());
  }
}
