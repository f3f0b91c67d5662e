package dev.parley.bench.bridge;

import dev.parley.emulator.Emulator;
import dev.parley.emulator.EmulatorOptions;
import dev.parley.emulator.Mind;
import dev.parley.emulator.Voice;
import dev.parley.nova.event.InputEvent;
import java.io.IOException;

/** Runs a server in a process of its own that speaks the protocol of Nova Sonic and returns each piece of audio at once. Prints its port; ends with its standard input. */
public final class EchoModelServer {

    private EchoModelServer() {}

    /** Starts, and ends with the standard input. */
    public static void main(String[] arguments) throws IOException {
        var options = EmulatorOptions.defaults().withMaxStreams(10_000);
        try (var emulator = Emulator.start(options, (voice, later) -> new Echo(voice))) {
            System.out.println("port " + emulator.port());
            while (System.in.read() >= 0) {
                Thread.onSpinWait();
            }
        }
    }

    private record Echo(Voice voice) implements Mind {
        @Override
        public void on(InputEvent event) {
            if (event instanceof InputEvent.AudioInput sound) {
                voice.speech(sound.pcm());
            }
        }

        @Override
        public void close() {}
    }
}
