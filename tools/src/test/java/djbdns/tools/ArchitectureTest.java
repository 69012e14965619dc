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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Linker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the code to docs/ARCHITECTURE.md, whose tree of packages is read from there. */
final class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("dnsclient/testing"))
          .importPackages("djbdns");

  private static final Path ROOT = Path.of("..");
  private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|//[^\n]*");
  private static final Pattern IMPORT =
      Pattern.compile("(?m)^import (?:static )?(djbdns(?:\\.[a-z]+)+)\\.[A-Z]");
  private static final Pattern MODULE = Pattern.compile("( *)([a-z]+)/ .*");
  private static final Pattern PACKAGE = Pattern.compile(" +(djbdns\\.[a-z.]+) +(leaf|->)(.*)");

  private static final List<Source> SOURCES = readSources();

  /**
   * A file of main code.
   *
   * @param imports the packages of ours from which it imports
   * @param words all words of its code, without comments
   */
  private record Source(
      Path module, String packageName, String name, Set<String> imports, Set<String> words) {}

  /** A package of the tree: its module's directory, and the packages of ours that it may import. */
  private record Room(Path module, List<String> imports) {}

  private final Map<String, Room> rooms = readTree();

  /** What decides and computes, and so gets time, randomness and bytes as arguments. */
  private static final String[] PURE = {
    "djbdns.wire..",
    "djbdns.client",
    "djbdns.master",
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
    "djbdns.tinydns.lint",
    "djbdns.tinydns.rbl",
    "djbdns.tinydns.pick",
    "djbdns.tools.trace"
  };

  ArchitectureTest() throws IOException {}

  private static List<Source> readSources() {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().contains("/src/main/java/"))
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.endsWith("package-info.java"))
          .map(ArchitectureTest::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Source read(Path file) {
    try {
      String code = COMMENT.matcher(Files.readString(file)).replaceAll("");
      Path relative = ROOT.relativize(file);
      Path module = relative;
      while (!module.endsWith("src")) {
        module = module.getParent();
      }
      module = module.getParent();
      Path directory = module.resolve("src/main/java").relativize(relative.getParent());
      return new Source(
          module,
          directory.toString().replace('/', '.'),
          file.getFileName().toString().replace(".java", ""),
          IMPORT.matcher(code).results().map(found -> found.group(1)).collect(Collectors.toSet()),
          words(code));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> words(String text) {
    return Pattern.compile("\\w+")
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toSet());
  }

  private static Map<String, Room> readTree() throws IOException {
    Map<String, Room> rooms = new TreeMap<>();
    List<String> modules = new ArrayList<>();
    String name = "";
    for (String line : treeLines()) {
      Matcher module = MODULE.matcher(line);
      Matcher start = PACKAGE.matcher(line);
      if (module.matches()) {
        int depth = module.group(1).length() / 2;
        modules.subList(depth, modules.size()).clear();
        modules.add(module.group(2));
        name = "";
      } else if (start.matches()) {
        name = start.group(1);
        Room room = new Room(Path.of(String.join("/", modules)), new ArrayList<>());
        assertEquals(null, rooms.put(name, room), name + " is there twice");
        name = addImports(rooms, name, start.group(2).equals("leaf") ? "." : start.group(3));
      } else if (!name.isEmpty()) {
        name = addImports(rooms, name, line);
      }
    }
    return rooms;
  }

  private static List<String> treeLines() throws IOException {
    String map = Files.readString(ROOT.resolve("docs/ARCHITECTURE.md"));
    int start = map.indexOf("```\n", map.indexOf("\n## Modules and packages"));
    return map.substring(start, map.indexOf("\n```\n", start)).lines().toList();
  }

  /** Returns the name of the package if its list goes on in the next line; otherwise nothing. */
  private static String addImports(Map<String, Room> rooms, String name, String text) {
    Matcher end = Pattern.compile("[.;](?= |$)").matcher(text);
    boolean hasEnd = end.find();
    String list = hasEnd ? text.substring(0, end.start()) : text;
    for (String word : list.strip().split(" +", -1)) {
      if (!word.isEmpty()) {
        rooms.get(name).imports().add(fullName(name, word));
      }
    }
    return hasEnd ? "" : name;
  }

  /** Names are relative to the packages around the one that imports, the closest first. */
  private static String fullName(String from, String word) {
    String around = from;
    while (!around.equals("djbdns")) {
      String name = around + "." + word;
      if (exists(name)) {
        return name;
      }
      around = around.substring(0, around.lastIndexOf('.'));
    }
    return "djbdns." + word;
  }

  private static boolean exists(String packageName) {
    return CLASSES.stream().anyMatch(type -> type.getPackageName().equals(packageName));
  }

  @Test
  void shouldImportAlongTheArrowsOnly() {
    rooms.forEach((name, room) -> {
      List<String> allowed = new ArrayList<>(room.imports());
      allowed.add(name);
      classes()
          .that()
          .resideInAPackage(name)
          .should()
          .onlyDependOnClassesThat(
              DescribedPredicate.describe(
                  "are foreign or in " + allowed,
                  type -> isForeign(type) || allowed.contains(type.getPackageName())))
          // What tests share is not among the classes.
          .allowEmptyShould(true)
          .check(CLASSES);
    });
  }

  private static boolean isForeign(JavaClass type) {
    return !type.getPackageName().startsWith("djbdns");
  }

  /** An arrow that nothing follows says that two packages belong together, and they do not. */
  @Test
  void shouldNeedEveryArrow() {
    Map<String, TreeSet<String>> used = new TreeMap<>();
    rooms.keySet().forEach(name -> used.put(name, new TreeSet<>()));
    SOURCES.forEach(source -> used.get(source.packageName()).addAll(source.imports()));
    rooms.forEach((name, room) -> {
      used.get(name).remove(name);
      assertEquals(used.get(name), new TreeSet<>(room.imports()), name);
    });
  }

  @Test
  void shouldHaveNoCircleOfPackages() {
    Map<String, Room> left = new TreeMap<>(rooms);
    while (left.values().removeIf(room -> room.imports().stream().noneMatch(left::containsKey))) {
      // Those that import nothing that is left are out of any circle.
    }
    assertEquals(Map.of(), left);
  }

  @Test
  void shouldListEveryPackageInItsModule() {
    Map<String, String> listed = new TreeMap<>();
    rooms.forEach((name, room) -> listed.put(name, room.module().toString()));
    Map<String, String> found = new TreeMap<>();
    SOURCES.forEach(source -> found.put(source.packageName(), source.module().toString()));
    assertEquals(found, listed);
    assertTrue(CLASSES.size() > 100, "only " + CLASSES.size() + " classes were found");
  }

  /** A class that no other names, that is no command, and that no stranger is told of. */
  @Test
  void shouldHaveNoDeadClasses() throws IOException {
    StringBuilder elsewhere = new StringBuilder();
    for (String file : List.of("docs/library.md", "tools/pom.xml", "tools/src/suite/suite.xml")) {
      elsewhere.append(Files.readString(ROOT.resolve(file)));
    }
    Set<String> namedElsewhere = words(elsewhere.toString());
    List<String> dead =
        SOURCES.stream()
            .filter(source -> !source.module().endsWith("testing"))
            .filter(source -> !namedElsewhere.contains(source.name()))
            .filter(source ->
                SOURCES.stream()
                    .noneMatch(
                        other -> !other.equals(source) && other.words().contains(source.name())))
            .map(source -> source.packageName() + "." + source.name())
            .toList();
    assertEquals(List.of(), dead);
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
        .resideInAnyPackage("djbdns.wire..", "djbdns.client..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "djbdns.wire..", "djbdns.client..")
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

  /** True if a class of java.net does more than hold an address. */
  private static boolean isActive(JavaClass type) {
    return !type.getSimpleName().matches("Inet.*Address|UnknownHostException");
  }

  @Test
  void shouldHaveNoMutableStatics() {
    fields().that().areStatic().should().beFinal().check(CLASSES);
  }
}
