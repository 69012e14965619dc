package djbdns.tools.howto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The links of all documents. */
final class LinksTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
  private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```$");

  private static List<Path> documents() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
      List<Path> documents = new ArrayList<>(files.filter(LinksTest::isDocument).toList());
      documents.add(ROOT.resolve("README.md"));
      documents.add(ROOT.resolve("CHANGELOG.md"));
      return documents;
    }
  }

  private static boolean isDocument(Path file) {
    return file.toString().endsWith(".md");
  }

  private static List<String> links(Path document) throws IOException {
    String text = CODE.matcher(Files.readString(document)).replaceAll("");
    return LINK.matcher(text).results().map(link -> link.group(1)).toList();
  }

  /** The words behind {@code #} that lead to a document's headings. */
  private static Set<String> anchors(Path document) throws IOException {
    return HEADING
        .matcher(Files.readString(document))
        .results()
        .map((MatchResult heading) -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\w\\s-]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  @Test
  void shouldLeadSomewhere() throws IOException {
    List<String> dead = new ArrayList<>();
    int count = 0;
    for (Path document : documents()) {
      for (String link : links(document)) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]).normalize();
        boolean isFound =
            Files.exists(target) && (parts.length == 1 || anchors(target).contains(parts[1]));
        if (!isFound) {
          dead.add(ROOT.relativize(document) + ": " + link);
        }
        count++;
      }
    }
    assertEquals(List.of(), dead);
    assertTrue(count > 100, "only " + count + " links were found");
  }

  @Test
  void shouldLeadFromTheReadmeToEveryDocument() throws IOException {
    Set<Path> reached = new TreeSet<>();
    Deque<Path> next = new ArrayDeque<>(List.of(ROOT.resolve("README.md")));
    while (!next.isEmpty()) {
      Path document = next.remove();
      if (isDocument(document) && Files.exists(document) && reached.add(document)) {
        for (String link : links(document)) {
          next.add(document.resolveSibling(link.split("#", 2)[0]).normalize());
        }
      }
    }
    assertEquals(new TreeSet<>(documents()), reached);
  }
}
