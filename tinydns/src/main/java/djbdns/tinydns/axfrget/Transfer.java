package djbdns.tinydns.axfrget;

import djbdns.posix.UserFile;
import djbdns.runtime.Fatal;
import djbdns.runtime.LineReader;
import djbdns.runtime.NewFile;
import djbdns.runtime.Program;
import djbdns.transfer.Messages;
import djbdns.transfer.TransferException;
import djbdns.transfer.TransferReader;
import djbdns.transfer.ZoneQuery;
import djbdns.wire.MalformedPacketException;
import djbdns.wire.PacketReader;
import djbdns.wire.PacketWriter;
import djbdns.wire.RecordClass;
import djbdns.wire.RecordType;
import djbdns.wire.rdata.Rdata;
import djbdns.wire.rdata.Soa;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * One run of axfr-get: asks for the serial number and, if it is not that of the file, for the zone,
 * which replaces the file when it is complete. Until then the file stays as it is, whatever fails.
 */
final class Transfer {
  private static final Set<PosixFilePermission> MODE_0644 =
      PosixFilePermissions.fromString("rw-r--r--");

  private final Program program;
  private final ZoneQuery query;
  private final Messages messages;
  private final long limitBytes;

  Transfer(Program program, ZoneQuery query, Messages messages, long limitBytes) {
    this.program = program;
    this.query = query;
    this.messages = messages;
    this.limitBytes = limitBytes;
  }

  /**
   * Brings the file up to date.
   *
   * @param oldSerial of {@link #serialOf}
   * @throws Fatal if that could not be done
   */
  void run(Path file, Path temporary, long oldSerial) {
    send(RecordType.SOA);
    long newSerial = newSerial();
    // 1.05 takes 0 for a zone that has just been changed, and lets serial numbers go backwards.
    if (oldSerial == 0 || newSerial == 0 || oldSerial != newSerial) {
      fetch(file, temporary);
    }
  }

  /**
   * The serial number in a file's first line, modulo 2<sup>32</sup>; 0 if it has none or there is
   * no file.
   *
   * @throws Fatal if the file cannot be read
   */
  static long serialOf(Program program, Path file) {
    try (InputStream in = UserFile.open(file)) {
      LineReader lines = new LineReader(in);
      long serial = 0;
      if (lines.next() && lines.bytes()[lines.start()] == '#') {
        for (int i = lines.start() + 1; i < lines.end() && isDigit(lines.bytes()[i]); i++) {
          serial = (10 * serial + lines.bytes()[i] - '0') & 0xffffffffL;
        }
      }
      return serial;
    } catch (NoSuchFileException _) {
      return 0;
    } catch (IOException e) {
      throw program.fatal("unable to read " + file, e);
    }
  }

  private static boolean isDigit(byte value) {
    return value >= '0' && value <= '9';
  }

  private long newSerial() {
    int length = receive();
    try {
      PacketReader reader = query.check(messages.packet(), length);
      if (query.answerCount() == 0
          || !reader.readName().equals(query.zone())
          || reader.readU16() != RecordType.SOA.code()
          || reader.readU16() != RecordClass.IN.code()) {
        throw MalformedPacketException.INSTANCE;
      }
      reader.skip(4);
      return ((Soa) Rdata.read(RecordType.SOA, reader, reader.readU16())).serial();
    } catch (MalformedPacketException _) {
      throw unableToParse(new TransferException(TransferException.PROTOCOL_ERROR));
    } catch (TransferException e) {
      throw unableToParse(e);
    }
  }

  private void fetch(Path file, Path temporary) {
    try {
      // 1.05 would empty the file.
      NewFile.refuseOneFile(temporary, file, "the file itself");
      try (NewFile newFile = NewFile.create(temporary, MODE_0644)) {
        send(RecordType.AXFR);
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(newFile.channel()));
        readAll(new TransferReader(query, new ZoneLines(out), limitBytes));
        out.flush();
        newFile.complete();
        replace(newFile, file, temporary);
      }
    } catch (IOException e) {
      throw program.fatal("unable to write " + temporary, e);
    }
  }

  private void readAll(TransferReader reader) throws IOException {
    try {
      boolean isComplete = false;
      while (!isComplete) {
        int length = receive();
        isComplete = reader.read(messages.packet(), length);
      }
    } catch (TransferException e) {
      throw unableToParse(e);
    }
  }

  private void replace(NewFile newFile, Path file, Path temporary) {
    try {
      newFile.moveTo(file);
    } catch (IOException e) {
      throw program.fatal("unable to move " + temporary + " to " + file, e);
    }
    newFile.syncDirectory(program);
  }

  private void send(RecordType type) {
    PacketWriter packet = query.query(type);
    try {
      messages.send(packet);
    } catch (IOException e) {
      throw program.fatal("unable to write to network", e);
    }
  }

  private int receive() {
    try {
      return messages.receive();
    } catch (TransferException e) {
      throw unableToParse(e);
    } catch (IOException e) {
      throw program.fatal("unable to read from network", e);
    }
  }

  private Fatal unableToParse(TransferException e) {
    return program.fatal("unable to parse AXFR results", e);
  }
}
