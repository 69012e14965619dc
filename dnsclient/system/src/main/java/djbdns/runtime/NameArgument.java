package djbdns.runtime;

import djbdns.wire.Name;

/** Domain names on the command line. */
public final class NameArgument {
  private NameArgument() {}

  /**
   * Refuses a name that 1.05 reads as another one: see {@link Name#hasEmptyLabel}.
   *
   * @return the text as it is
   * @throws Fatal {@code unable to parse example..test: empty label}, exit 100
   */
  public static String checked(Program program, String text) {
    if (Name.hasEmptyLabel(text)) {
      throw program.fatalUsage("unable to parse " + text + ": empty label");
    }
    return text;
  }
}
