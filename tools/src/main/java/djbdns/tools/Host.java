package djbdns.tools;

import djbdns.client.Settings;
import java.io.InputStream;
import java.util.random.RandomGenerator;

/**
 * The system that a tool runs on, as far as the tool uses it. Tests make their own.
 *
 * @param random must be unpredictable
 */
record Host(Settings settings, RandomGenerator random, InputStream in, Output out) {}
