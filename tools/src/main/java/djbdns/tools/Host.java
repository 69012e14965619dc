package djbdns.tools;

import djbdns.client.Settings;
import java.io.InputStream;
import java.util.random.RandomGenerator;

/**
 * What a tool has to do with the system it runs on. Tests make their own.
 *
 * @param random must be unpredictable
 */
record Host(Settings settings, RandomGenerator random, InputStream in, Output out) {}
