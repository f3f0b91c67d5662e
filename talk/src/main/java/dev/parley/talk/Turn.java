package dev.parley.talk;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One recording and what came of it. Times are in nanoseconds.
 *
 * @param userText   from the end of speech to the final text of the user; below zero if it came before
 * @param firstAudio from the end of speech to the first sound of the answer
 * @param answer     24 kHz, mono, 16-bit little-endian
 * @param problem    why it does not count as answered
 */
record Turn(Recording recording, String heard, String answered, List<String> tools, boolean interrupted,
        boolean complete, OptionalLong userText, OptionalLong firstAudio, byte[] answer,
        Optional<String> problem) {

    static Turn of(Recording recording, TurnLog log, long patienceSeconds) {
        byte[] answer = log.answer();
        boolean nothing = log.answered().isEmpty() && answer.length == 0;
        Optional<String> problem = nothing ? Optional.of(unanswered(recording, log, patienceSeconds))
                : Optional.empty();
        return new Turn(recording, log.heard(), log.answered(), log.tools(), log.interrupted(),
                log.complete(), log.userTextLatency(), log.firstAudioLatency(), answer, problem);
    }

    private static String unanswered(Recording recording, TurnLog log, long seconds) {
        String what = log.heard().isEmpty() ? "was not heard: neither text nor an answer came for "
                : "was heard but not answered: nothing more came for ";
        return recording.file() + " " + what + seconds + " s";
    }

    long answerNanos() {
        return answer.length / 2 * 1_000_000_000L / TurnLog.ANSWER_RATE;
    }
}
