package dev.parley.talk;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One recording and the answer to it. Times are in nanoseconds.
 *
 * @param userText   time from the end of speech to the final text of the user; negative if it came earlier
 * @param firstAudio time from the end of speech to the first audio of the answer
 * @param answer     24 kHz, mono, 16-bit little-endian
 * @param problem    why the recording counts as unanswered
 */
record TurnReport(Recording recording, String heard, String answered, List<String> tools, boolean interrupted,
        boolean complete, OptionalLong userText, OptionalLong firstAudio, byte[] answer,
        Optional<String> problem) {

    static TurnReport of(Recording recording, AnswerTracker log, long patienceSeconds) {
        byte[] answer = log.answer();
        boolean nothing = log.answered().isEmpty() && answer.length == 0;
        Optional<String> problem = nothing ? Optional.of(unanswered(recording, log, patienceSeconds))
                : Optional.empty();
        return new TurnReport(recording, log.heard(), log.answered(), log.tools(), log.interrupted(),
                log.complete(), log.userTextLatency(), log.firstAudioLatency(), answer, problem);
    }

    private static String unanswered(Recording recording, AnswerTracker log, long seconds) {
        String what = log.heard().isEmpty() ? "was not recognised: neither text nor an answer arrived for "
                : "was recognised but not answered: nothing more arrived for ";
        return recording.file() + " " + what + seconds + " s";
    }

    long answerNanos() {
        return answer.length / 2 * 1_000_000_000L / AnswerTracker.ANSWER_RATE;
    }
}
