package djbdns.tools;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.foreign.Linker;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Holds the arrows of docs/ARCHITECTURE.md: each package lists all of ours that it may import. */
final class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("djbdns");

  /** Package to the packages of ours that it may import, besides itself. */
  private static final Map<String, List<String>> ARROWS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("djbdns.wire", List.of()),
              Map.entry("djbdns.posix", List.of()),
              Map.entry("djbdns.seccomp", List.of()),
              Map.entry("djbdns.runtime", List.of("djbdns.wire", "djbdns.posix", "djbdns.seccomp")),
              Map.entry("djbdns.conf", List.of("djbdns.posix", "djbdns.runtime")),
              Map.entry("djbdns.client", List.of("djbdns.wire")),
              Map.entry("djbdns.client.nio", List.of("djbdns.client", "djbdns.wire")),
              Map.entry("djbdns.tsig", List.of("djbdns.wire", "djbdns.posix")),
              Map.entry("djbdns.server", List.of("djbdns.wire")),
              Map.entry(
                  "djbdns.content",
                  List.of("djbdns.wire", "djbdns.tsig", "djbdns.server", "djbdns.runtime")),
              Map.entry("djbdns.dnscache.cache", List.of("djbdns.wire")),
              Map.entry("djbdns.dnscache.resolve.policy", List.of("djbdns.wire", "djbdns.client")),
              Map.entry(
                  "djbdns.dnscache.resolve.reply",
                  List.of(
                      "djbdns.wire",
                      "djbdns.client",
                      "djbdns.dnscache.cache",
                      "djbdns.dnscache.resolve.policy")),
              Map.entry(
                  "djbdns.dnscache.resolve.servers",
                  List.of(
                      "djbdns.wire",
                      "djbdns.client",
                      "djbdns.dnscache.resolve.policy",
                      "djbdns.dnscache.resolve.reply")),
              Map.entry(
                  "djbdns.dnscache.resolve",
                  List.of(
                      "djbdns.wire",
                      "djbdns.client",
                      "djbdns.dnscache.cache",
                      "djbdns.dnscache.resolve.policy",
                      "djbdns.dnscache.resolve.reply",
                      "djbdns.dnscache.resolve.servers")),
              Map.entry(
                  "djbdns.dnscache.upstream",
                  List.of(
                      "djbdns.wire", "djbdns.client", "djbdns.server", "djbdns.dnscache.resolve")),
              Map.entry(
                  "djbdns.dnscache.log",
                  List.of(
                      "djbdns.wire",
                      "djbdns.client",
                      "djbdns.server",
                      "djbdns.dnscache.cache",
                      "djbdns.dnscache.resolve",
                      "djbdns.dnscache.resolve.reply")),
              Map.entry(
                  "djbdns.dnscache.control",
                  List.of("djbdns.wire", "djbdns.server", "djbdns.runtime", "djbdns.posix")),
              Map.entry(
                  "djbdns.dnscache",
                  List.of(
                      "djbdns.wire",
                      "djbdns.client",
                      "djbdns.client.nio",
                      "djbdns.server",
                      "djbdns.posix",
                      "djbdns.runtime",
                      "djbdns.conf",
                      "djbdns.dnscache.cache",
                      "djbdns.dnscache.resolve",
                      "djbdns.dnscache.resolve.policy",
                      "djbdns.dnscache.resolve.reply",
                      "djbdns.dnscache.resolve.servers",
                      "djbdns.dnscache.upstream",
                      "djbdns.dnscache.log",
                      "djbdns.dnscache.control")),
              Map.entry("djbdns.supervise.tai", List.of()),
              Map.entry("djbdns.supervise.machine", List.of()),
              Map.entry("djbdns.supervise.status", List.of("djbdns.supervise.tai", "djbdns.posix")),
              Map.entry(
                  "djbdns.supervise.run",
                  List.of(
                      "djbdns.posix",
                      "djbdns.runtime",
                      "djbdns.supervise.tai",
                      "djbdns.supervise.machine",
                      "djbdns.supervise.status")),
              Map.entry(
                  "djbdns.supervise.control",
                  List.of(
                      "djbdns.posix",
                      "djbdns.runtime",
                      "djbdns.supervise.tai",
                      "djbdns.supervise.status")),
              Map.entry(
                  "djbdns.supervise.multilog",
                  List.of("djbdns.posix", "djbdns.runtime", "djbdns.supervise.tai")),
              Map.entry(
                  "djbdns.supervise.filter",
                  List.of("djbdns.posix", "djbdns.runtime", "djbdns.supervise.tai")),
              Map.entry("djbdns.supervise.chain", List.of("djbdns.posix", "djbdns.runtime")),
              Map.entry("djbdns.tinydns.cdb", List.of("djbdns.posix")),
              Map.entry("djbdns.tinydns.zone", List.of("djbdns.wire", "djbdns.tinydns.cdb")),
              Map.entry(
                  "djbdns.tinydns.lookup",
                  List.of("djbdns.wire", "djbdns.content", "djbdns.tinydns.cdb")),
              Map.entry("djbdns.tinydns.master", List.of("djbdns.wire")),
              Map.entry("djbdns.tinydns.lint", List.of("djbdns.wire")),
              Map.entry(
                  "djbdns.tinydns.axfrget",
                  List.of(
                      "djbdns.wire",
                      "djbdns.client",
                      "djbdns.client.nio",
                      "djbdns.tsig",
                      "djbdns.posix",
                      "djbdns.runtime",
                      "djbdns.tinydns.zone")),
              Map.entry(
                  "djbdns.tinydns.rbl",
                  List.of(
                      "djbdns.wire",
                      "djbdns.content",
                      "djbdns.tinydns.cdb",
                      "djbdns.tinydns.zone")),
              Map.entry(
                  "djbdns.tinydns.pick",
                  List.of(
                      "djbdns.wire",
                      "djbdns.content",
                      "djbdns.tinydns.cdb",
                      "djbdns.tinydns.zone",
                      "djbdns.tinydns.lookup")),
              Map.entry(
                  "djbdns.tinydns.rules",
                  List.of("djbdns.wire", "djbdns.runtime", "djbdns.tinydns.cdb")),
              Map.entry(
                  "djbdns.tinydns.axfr",
                  List.of(
                      "djbdns.wire",
                      "djbdns.tsig",
                      "djbdns.client",
                      "djbdns.server",
                      "djbdns.content",
                      "djbdns.posix",
                      "djbdns.runtime",
                      "djbdns.tinydns.lookup",
                      "djbdns.tinydns.rules")),
              Map.entry(
                  "djbdns.tinydns",
                  List.of(
                      "djbdns.wire",
                      "djbdns.client",
                      "djbdns.server",
                      "djbdns.content",
                      "djbdns.posix",
                      "djbdns.runtime",
                      "djbdns.conf",
                      "djbdns.tinydns.cdb",
                      "djbdns.tinydns.zone",
                      "djbdns.tinydns.lookup",
                      "djbdns.tinydns.master",
                      "djbdns.tinydns.lint",
                      "djbdns.tinydns.axfr",
                      "djbdns.tinydns.rules",
                      "djbdns.tsig",
                      "djbdns.tinydns.rbl",
                      "djbdns.tinydns.pick")),
              Map.entry(
                  "djbdns.walldns",
                  List.of(
                      "djbdns.wire",
                      "djbdns.server",
                      "djbdns.content",
                      "djbdns.runtime",
                      "djbdns.conf")),
              Map.entry(
                  "djbdns.tools",
                  List.of(
                      "djbdns.wire",
                      "djbdns.client",
                      "djbdns.client.nio",
                      "djbdns.posix",
                      "djbdns.runtime",
                      "djbdns.tools.trace")),
              Map.entry("djbdns.tools.trace", List.of("djbdns.wire", "djbdns.client"))));

  /** What decides and computes, and so gets time, randomness and bytes as arguments. */
  private static final String[] PURE = {
    "djbdns.wire",
    "djbdns.client",
    "djbdns.seccomp",
    "djbdns.dnscache.resolve",
    "djbdns.dnscache.resolve.policy",
    "djbdns.dnscache.resolve.reply",
    "djbdns.dnscache.resolve.servers",
    "djbdns.supervise.tai",
    "djbdns.supervise.machine",
    "djbdns.supervise.status",
    "djbdns.tinydns.zone",
    "djbdns.tinydns.lookup",
    "djbdns.tinydns.master",
    "djbdns.tinydns.lint",
    "djbdns.tinydns.rbl",
    "djbdns.tinydns.pick",
    "djbdns.tools.trace"
  };

  @Test
  void shouldImportAlongTheArrowsOnly() {
    for (Map.Entry<String, List<String>> arrow : ARROWS.entrySet()) {
      List<String> allowed = new ArrayList<>(arrow.getValue());
      allowed.add(arrow.getKey());
      classes()
          .that()
          .resideInAPackage(arrow.getKey())
          .should()
          .onlyDependOnClassesThat(
              DescribedPredicate.describe(
                  "are foreign or in " + allowed, type -> isForeign(type) || isIn(type, allowed)))
          .check(CLASSES);
    }
  }

  private static boolean isForeign(JavaClass type) {
    return !type.getPackageName().startsWith("djbdns");
  }

  private static boolean isIn(JavaClass type, List<String> packages) {
    return packages.contains(type.getPackageName());
  }

  @Test
  void shouldListEveryPackageThatHasClasses() {
    TreeSet<String> packages = new TreeSet<>();
    CLASSES.stream()
        .filter(type -> !type.getSimpleName().equals("package-info"))
        .forEach(type -> packages.add(type.getPackageName()));
    assertEquals(new TreeSet<>(ARROWS.keySet()), packages);
    assertTrue(CLASSES.size() > 100, "only " + CLASSES.size() + " classes were found");
  }

  @Test
  void shouldKeepNettyAndLogbackAtTheEdge() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "djbdns.server", "djbdns.dnscache.upstream", "djbdns.dnscache.control")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.netty..", "ch.qos.logback..")
        .check(CLASSES);
  }

  /** What is published as a library has no dependencies. */
  @Test
  void shouldNeedNothingButTheJdkForTheLibrary() {
    classes()
        .that()
        .resideInAnyPackage("djbdns.wire", "djbdns.client", "djbdns.client.nio")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "djbdns.wire", "djbdns.client", "djbdns.client.nio")
        .check(CLASSES);
  }

  @Test
  void shouldKeepPicocliInRuntime() {
    noClasses()
        .that()
        .resideOutsideOfPackage("djbdns.runtime")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .check(CLASSES);
  }

  @Test
  void shouldLinkToNativeCodeInPosixOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage("djbdns.posix")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Linker.class)
        .check(CLASSES);
  }

  @Test
  void shouldKeepTheCorePure() {
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.nio.channels..", "java.security..", "org.slf4j..")
        .orShould()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "are sockets", type -> type.getPackageName().equals("java.net") && isActive(type)))
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(Math.class, "random")
        .check(CLASSES);
  }

  /** Whether a class of java.net does more than hold an address. */
  private static boolean isActive(JavaClass type) {
    return !type.getSimpleName().matches("Inet.*Address|UnknownHostException");
  }

  @Test
  void shouldHaveNoMutableStatics() {
    fields().that().areStatic().should().beFinal().check(CLASSES);
  }
}
