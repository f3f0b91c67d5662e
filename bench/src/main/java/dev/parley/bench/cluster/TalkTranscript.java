package dev.parley.bench.cluster;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code parley talk --json} reports of a conversation.
 *
 * @param problem     why it failed; empty if each recording was answered
 * @param heard       the text that was recognised in each recording
 * @param answered    the answer to each recording
 * @param resumptions how often the conversation went on after its connection was lost
 */
record TalkTranscript(String problem, List<String> heard, List<String> answered, int resumptions) {

    static TalkTranscript read(String json) {
        var report = JsonMapper.shared().readTree(json);
        var heard = new ArrayList<String>();
        var answered = new ArrayList<String>();
        report.path("turns").forEach(turn -> {
            heard.add(turn.path("heard").asString(""));
            answered.add(turn.path("answered").asString(""));
        });
        String problem = report.path("ok").asBoolean(false) ? ""
                : report.path("error").asString("a recording was not answered");
        return new TalkTranscript(problem, heard, answered,
                report.path("connection").path("resumptions").asInt(0));
    }
}
