package djbdns.runtime;

/** The suite's version. */
final class Version {
  private Version() {}

  /** The version in the jar's manifest; "unpackaged" when run from class files. */
  static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "unpackaged" : version;
  }
}
