package dev.parley.speech;

import dev.parley.voice.audio.Pcm;
import dev.parley.voice.audio.Resampler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/** Human speech with known words: prompts from Debian's asterisk-core-sounds-en-wav, 8 kHz. */
final class Clips {

    static final Path MODELS = Path.of(System.getProperty("parley.models"));
    private static final Path FOLDER = Path.of("/usr/share/asterisk/sounds/en_US_f_Allison");

    /** A prompt and its words. */
    record Clip(String name, String text) {}

    static final List<Clip> TEN = List.of(
            new Clip("demo-nomatch", "I'm sorry, there are no matches for those keywords."),
            new Clip("dir-instr",
                    "If this is the person you're looking for, press one now. Otherwise, please press star now."),
            new Clip("vm-review",
                    "Press one to accept this recording. Press two to listen to it. Press three to re-record your message."),
            new Clip("agent-alreadyon",
                    "That agent is already logged on. Please enter your agent number followed by the pound key."),
            new Clip("vm-nobox",
                    "You cannot reply to this message because the sender does not have a mailbox."),
            new Clip("conf-invalid", "That is not a valid conference number. Please try again."),
            new Clip("vm-mailboxfull", "Sorry, but the user's mailbox can't accept more messages."),
            new Clip("auth-incorrect",
                    "Password incorrect. Please enter your password followed by the pound key."),
            new Clip("vm-reenterpassword", "Please re-enter your password followed by the pound key."),
            new Clip("queue-youarenext",
                    "Your call is now first in line and will be answered by the next available representative."));

    private Clips() {}

    /** Returns a prompt as 16-bit samples at 16 kHz. */
    static short[] samples(String name) {
        try (var in = AudioSystem.getAudioInputStream(FOLDER.resolve(name + ".wav").toFile())) {
            return Resampler.resample(Pcm.samples(in.readAllBytes()), (int) in.getFormat().getSampleRate(),
                    16_000);
        } catch (IOException | UnsupportedAudioFileException e) {
            throw new IllegalStateException("asterisk-core-sounds-en-wav is not installed: run ./check", e);
        }
    }
}
