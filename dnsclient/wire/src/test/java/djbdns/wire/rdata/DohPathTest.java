package djbdns.wire.rdata;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import djbdns.wire.Bytes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DohPathTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/dns-query{?dns}",
        "/{dns}",
        "/a%2f{&x,dns}",
        "/{+dns*}",
        "/{x:1,dns:9999}/{y}",
        "/{%41b,dns}",
        "/\u00c3\u00a9{?dns}"
      })
  void shouldTakeTemplatesWithTheVariable(String path) {
    assertTrue(DohPath.isValid(Bytes.ofText(path)), path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/dns",
        "dns-query{?dns}",
        "/{?DNS}",
        "/{?dns",
        "/{dns}{",
        "/{?dns,}",
        "/{?,dns}",
        "/{}{dns}",
        "/{=dns}",
        "/{?dns:}",
        "/{?dns:0}",
        "/{?dns:10000}",
        "/{?dns**}",
        "/{d-ns,dns}",
        "/%2{?dns}",
        "/%zz{?dns}",
        "/{%4,dns}",
        "/\u00e9{?dns}"
      })
  void shouldRefuseOthers(String path) {
    assertFalse(DohPath.isValid(Bytes.ofText(path)), path);
  }
}
