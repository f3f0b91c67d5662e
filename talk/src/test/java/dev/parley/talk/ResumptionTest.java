package dev.parley.talk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ResumptionTest {
    private static final JsonNode NOTHING = JsonMapper.shared().createObjectNode();
    private final Resumption resumption = new Resumption();

    @Test
    void firstRequestAsksForAToken() {
        assertThat(resumption.request().toString()).isEqualTo("{\"replay\":true,\"resume\":true}");
        assertThat(resumption.isAwaited()).isTrue();
        assertThat(resumption.isPossible()).isFalse();
    }

    @Test
    void laterRequestHasTheTokenAndTheCount() {
        resumption.on("conversation", offer(0));
        resumption.on("audioReady", NOTHING);
        resumption.on("audioReceived", NOTHING);
        resumption.on("textOutput", NOTHING);

        assertThat(resumption.isPossible()).isTrue();
        assertThat(resumption.request().toString())
                .isEqualTo("{\"replay\":true,\"resume\":\"q1w2\",\"received\":2}");
    }

    @Test
    void serverSetsTheCount() {
        resumption.on("conversation", offer(17));
        resumption.on("textOutput", NOTHING);

        assertThat(resumption.isAwaited()).isFalse();
        assertThat(resumption.request().path("received").asInt()).isEqualTo(18);
    }

    @Test
    void conversationThatMovedIsNotAskedFor() {
        resumption.on("conversation", offer(0));
        resumption.on("conversationMoved", NOTHING);

        assertThat(resumption.isPossible()).isFalse();
    }

    private static JsonNode offer(int from) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("token", "q1w2")
                .put("resumed", from > 0)
                .put("from", from);
    }
}
