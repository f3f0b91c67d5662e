package dev.parley.bench;

import dev.parley.bench.driver.LatencyMeter;

/**
 * One window against one server.
 *
 * @param processor the server's seconds
 * @param wall      seconds
 * @param allocated bytes on its heap; negative when unknown
 */
record Result(LatencyMeter.Reading reading, double processor, double wall, long allocated) {
    double microsPerMessage() {
        return processor * 1e6 / reading.messages();
    }

    double perSecond() {
        return reading.messages() / wall;
    }

    double busy() {
        return processor / wall;
    }

    double bytesPerMessage() {
        return allocated < 0 ? Double.NaN : (double) allocated / reading.messages();
    }
}
