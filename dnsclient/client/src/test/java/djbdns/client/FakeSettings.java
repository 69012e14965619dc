package djbdns.client;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** A host made of maps. A file whose contents are {@link #UNREADABLE} cannot be read. */
record FakeSettings(Map<String, String> environment, Map<String, String> files, String hostName)
    implements Settings {
  static final String UNREADABLE = "\0unreadable";

  static FakeSettings ofResolvConf(String text) {
    return new FakeSettings(Map.of(), Map.of("/etc/resolv.conf", text), "host");
  }

  static FakeSettings ofVariable(String name, String value) {
    return new FakeSettings(Map.of(name, value), Map.of(), "host");
  }

  @Override
  public Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name));
  }

  @Override
  public Optional<String> file(String path) throws IOException {
    Optional<String> text = Optional.ofNullable(files.get(path));
    if (text.filter(UNREADABLE::equals).isPresent()) {
      throw new FileNotFoundException(path + " (Permission denied)");
    }
    return text;
  }

  @Override
  public Object stamp(String path) {
    return files.getOrDefault(path, "");
  }
}
