package dev.parley.emulator.chat;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Options of the emulator of chat completions.
 *
 * @param host       address on which it listens
 * @param port       port on which it listens; 0 chooses a free one
 * @param key        the key that callers must send; "" accepts any and none
 * @param models     names of the models; empty accepts any
 * @param firstToken time until the first token of a reply
 * @param eachToken  time between the other tokens
 * @param faults     faults to inject
 */
public record ChatEmulatorOptions(String host, int port, String key, Set<String> models, Duration firstToken,
        Duration eachToken, List<ChatFault> faults) {

    public ChatEmulatorOptions {
        models = Set.copyOf(models);
        faults = List.copyOf(faults);
        if (firstToken.isNegative() || eachToken.isNegative()) {
            throw new IllegalArgumentException("times must not be negative");
        }
    }

    /** Returns the defaults: this machine, a free port, no key, any model, replies without a delay, no faults. */
    public static ChatEmulatorOptions defaults() {
        return new ChatEmulatorOptions("127.0.0.1", 0, "", Set.of(), Duration.ZERO, Duration.ZERO, List.of());
    }

    public ChatEmulatorOptions withPort(String onHost, int value) {
        return new ChatEmulatorOptions(onHost, value, key, models, firstToken, eachToken, faults);
    }

    public ChatEmulatorOptions withKey(String value) {
        return new ChatEmulatorOptions(host, port, value, models, firstToken, eachToken, faults);
    }

    public ChatEmulatorOptions withModels(Set<String> value) {
        return new ChatEmulatorOptions(host, port, key, value, firstToken, eachToken, faults);
    }

    public ChatEmulatorOptions withTimes(Duration first, Duration each) {
        return new ChatEmulatorOptions(host, port, key, models, first, each, faults);
    }

    public ChatEmulatorOptions withFaults(List<ChatFault> value) {
        return new ChatEmulatorOptions(host, port, key, models, firstToken, eachToken, value);
    }

    /** Contains no key. */
    @Override
    public String toString() {
        return "ChatEmulatorOptions[port=" + port + ", models=" + models + ", faults=" + faults + "]";
    }
}
