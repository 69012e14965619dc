package djbdns.tools;

import djbdns.client.AnswerReader;
import djbdns.runtime.CommandLine;
import djbdns.runtime.Json;
import djbdns.runtime.Program;
import djbdns.wire.Bytes;
import djbdns.wire.RecordType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** dnstxt: prints the TXT records of names (dnstxt.c). */
final class Dnstxt implements Tool {
  /** The strings of records. */
  private record Texts(List<List<Bytes>> records) implements Finding {
    @Override
    public boolean isEmpty() {
      return records.isEmpty();
    }

    /** All strings of all records are one, and what is no visible ASCII is a question mark. */
    @Override
    public void print(Output out) throws IOException {
      StringBuilder line = new StringBuilder();
      for (List<Bytes> strings : records) {
        for (Bytes string : strings) {
          appendVisible(line, string);
        }
      }
      out.put(line.toString()).put("\n");
    }

    private static void appendVisible(StringBuilder line, Bytes string) {
      for (int i = 0; i < string.length(); i++) {
        int octet = string.at(i);
        line.append(octet < ' ' || octet > '~' ? '?' : (char) octet);
      }
    }

    @Override
    public void addTo(Json.Builder object) {
      List<List<String>> texts = new ArrayList<>();
      for (List<Bytes> strings : records) {
        List<String> text = new ArrayList<>();
        for (Bytes string : strings) {
          text.add(string.toText());
        }
        texts.add(text);
      }
      object.byteStringLists("texts", texts);
    }
  }

  public static void main(String[] args) {
    ToolMain.run("dnstxt", new Dnstxt(), args);
  }

  @Override
  public CommandLine commandLine(Program program) {
    return LookupCommand.commandLine(program, "name ...", "Prints the TXT records of names.");
  }

  @Override
  public void run(Program program, String[] args, Host host) throws IOException {
    LookupCommand command = new LookupCommand(program, commandLine(program), args, host);
    AnswerLookup lookup =
        new AnswerLookup(
            host, RecordType.TXT, "unable to find TXT records for", command.wantsReasons());
    command.run("name", name -> new Texts(lookup.ask(lookup.name(name), AnswerReader::texts)));
  }
}
