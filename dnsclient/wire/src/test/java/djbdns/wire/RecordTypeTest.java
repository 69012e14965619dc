package djbdns.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordTypeTest {
  @ParameterizedTest
  @CsvSource({"A,1", "aaaa,28", "Caa,257", "NSAP-PTR,23", "TYPE1,1", "type731,731", "TYPE0,0"})
  void shouldParseMnemonicsAndNumbers(String text, int code) {
    assertEquals(Optional.of(new RecordType(code)), RecordType.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "TYPE", "TYPE65536", "TYPE-1", "TYPE99999999999999999999", "1", "B"})
  void shouldRefuseOtherText(String text) {
    assertEquals(Optional.empty(), RecordType.parse(text));
  }

  @Property(tries = 500)
  void shouldParseItsOwnText(@ForAll @IntRange(max = 0xffff) int code) {
    RecordType type = new RecordType(code);
    assertEquals(Optional.of(type), RecordType.parse(type.toString()));
    RecordClass recordClass = new RecordClass(code);
    assertEquals(Optional.of(recordClass), RecordClass.parse(recordClass.toString()));
  }
}
