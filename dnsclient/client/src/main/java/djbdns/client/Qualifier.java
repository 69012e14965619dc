package djbdns.client;

import djbdns.wire.NameBytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns the name a user types into the full names to try, as 1.05 does (dns_ipq.c, dns_rcrw.c). The
 * rules of /etc/dnsrewrite change the name one after the other:
 *
 * <ul>
 *   <li>{@code =from:to} changes the whole name {@code from};
 *   <li>{@code *suffix:to} changes the end of a name;
 *   <li>{@code ?suffix:to} does so where no dot or bracket stands before the suffix;
 *   <li>{@code -suffix:to} changes a name with this end into {@code to}.
 * </ul>
 *
 * <p>Afterwards {@code name+.one+.two} stands for {@code name.one} and {@code name.two}. Immutable.
 */
public final class Qualifier {
  private static final String DEFAULT_RULES_PATH = "/etc/dnsrewrite";

  /** The rule that ends every list not written by hand: a trailing dot goes. */
  private static final String STRIP_DOT = "*.:";

  private final List<String> rules;

  /** {@code +.one+.two} for the search list, if the rules come from one. */
  private final String suffix;

  private final int ndots;

  private Qualifier(List<String> rules) {
    this(rules, "", 1);
  }

  private Qualifier(List<String> rules, String suffix, int ndots) {
    this.rules = rules;
    this.suffix = suffix;
    this.ndots = ndots;
  }

  /**
   * The same where names with fewer dots than {@code ndots} are tried with the search list first
   * and as they are afterwards (resolv.conf(5)). 1.05 does so for names without a dot, which are
   * never tried as they are. Rules written by hand stay what they are.
   */
  Qualifier withDots(int ndots) {
    return suffix.isEmpty() ? this : new Qualifier(rules, suffix, ndots);
  }

  /**
   * The rules of this host: {@code $DNSREWRITEFILE} or /etc/dnsrewrite; else {@code $LOCALDOMAIN};
   * else the first {@code search} or {@code domain} line of resolv.conf; else the domain in the
   * host's name.
   *
   * @throws IOException if a file exists, is needed and cannot be read
   */
  public static Qualifier of(Settings settings) throws IOException {
    Optional<String> file = settings.file(rulesPath(settings));
    if (file.isPresent()) {
      return ofRules(file.get());
    }
    Optional<String> domains = settings.variable("LOCALDOMAIN");
    if (domains.isPresent()) {
      return appending(alternatives(domains.get(), false));
    }
    Optional<String> resolvConf = settings.file(ResolvConf.PATH);
    if (resolvConf.isPresent()) {
      for (String line : Lines.split(resolvConf.get())) {
        if (Lines.hasKeyword(line, "search") || Lines.hasKeyword(line, "domain")) {
          return appending(alternatives(line.substring("search ".length()), true));
        }
      }
    }
    String host = settings.hostName();
    int dot = host.indexOf('.');
    return dot < 0 ? new Qualifier(List.of(STRIP_DOT)) : appending(host.substring(dot));
  }

  static String rulesPath(Settings settings) {
    return settings.variable("DNSREWRITEFILE").orElse(DEFAULT_RULES_PATH);
  }

  /** The rules in the text of a file such as /etc/dnsrewrite. Lines that are no rules are legal. */
  public static Qualifier ofRules(String text) {
    List<String> rules = new ArrayList<>();
    // A zero byte ends a rule, as in 1.05.
    for (String line : Lines.split(text.replace('\0', '\n'))) {
      int end = line.length();
      while (end > 0 && (Lines.isBlank(line.charAt(end - 1)) || line.charAt(end - 1) == '\r')) {
        end--;
      }
      rules.add(line.substring(0, end));
    }
    return new Qualifier(rules);
  }

  private static Qualifier appending(String suffix) {
    return new Qualifier(List.of("?:" + suffix, STRIP_DOT), suffix, 1);
  }

  /** {@code one two} becomes {@code +.one+.two}. */
  private static String alternatives(String domains, boolean skipEmpty) {
    StringBuilder out = new StringBuilder();
    int start = 0;
    for (int i = 0; i <= domains.length(); i++) {
      boolean ends =
          i == domains.length()
              || domains.charAt(i) == ' '
              || (skipEmpty && domains.charAt(i) == '\t');
      if (ends) {
        if (i > start || !skipEmpty) {
          out.append("+.").append(domains, start, i);
        }
        start = i + 1;
      }
    }
    return out.toString();
  }

  /** The full names to try, in this order, until one has addresses; at least one. */
  public List<String> candidates(String name) {
    long dots = name.chars().filter(c -> c == '.').count();
    if (dots == 0 || dots >= ndots || name.endsWith(".")) {
      return expand(name);
    }
    List<String> candidates = new ArrayList<>(expand(name + suffix));
    candidates.addAll(expand(name));
    return candidates;
  }

  private List<String> expand(String name) {
    String changed = name;
    for (String rule : rules) {
      changed = apply(rule, changed);
    }
    int plus = changed.indexOf('+');
    if (plus < 0) {
      return List.of(changed);
    }
    List<String> candidates = new ArrayList<>();
    String stem = changed.substring(0, plus);
    int start = plus + 1;
    for (int end = changed.indexOf('+', start); end >= 0; end = changed.indexOf('+', start)) {
      candidates.add(stem + changed.substring(start, end));
      start = end + 1;
    }
    candidates.add(stem + changed.substring(start));
    return candidates;
  }

  private static String apply(String rule, String name) {
    int colon = rule.indexOf(':', 1);
    if (colon < 0) {
      return name;
    }
    char kind = rule.charAt(0);
    int prefixLength = name.length() - (colon - 1);
    if (!endsWith(name, rule.substring(1, colon))) {
      return name;
    }
    String prefix = name.substring(0, prefixLength);
    String replacement = rule.substring(colon + 1);
    return switch (kind) {
      case '=' -> prefix.isEmpty() ? replacement : name;
      case '*' -> prefix + replacement;
      case '?' -> isBare(prefix) ? prefix + replacement : name;
      case '-' -> replacement;
      default -> name;
    };
  }

  private static boolean isBare(String prefix) {
    return prefix.indexOf('.') < 0 && prefix.indexOf('[') < 0 && prefix.indexOf(']') < 0;
  }

  /** True if the name has this end, ASCII letter case aside. */
  private static boolean endsWith(String name, String suffix) {
    int start = name.length() - suffix.length();
    if (start < 0) {
      return false;
    }
    for (int i = 0; i < suffix.length(); i++) {
      byte a = NameBytes.lowerCase((byte) name.charAt(start + i));
      byte b = NameBytes.lowerCase((byte) suffix.charAt(i));
      if (a != b) {
        return false;
      }
    }
    return true;
  }
}
