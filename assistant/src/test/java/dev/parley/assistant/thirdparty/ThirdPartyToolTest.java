package dev.parley.assistant.thirdparty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.assistant.tool.Tool;
import dev.parley.assistant.tool.ToolContext;
import dev.parley.assistant.tool.ToolJson;
import dev.parley.assistant.tool.ToolParameters;
import dev.parley.assistant.tool.ToolParameters.JsonType;
import dev.parley.assistant.tool.ToolRunner;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A tool of somebody else: written and tested outside of the packages of the assistant, with public types only. */
class ThirdPartyToolTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-23T06:05:00Z"));
    private static final Tool COUNT = Tool.of("count_calls", "Counts its calls in this conversation.",
            ToolParameters.none()
                    .required("label", JsonType.STRING, "What is counted")
                    .required("loud", JsonType.BOOLEAN)
                    .optional("step", 1, 9, "The amount to add"),
            (arguments, context) -> ToolJson.object()
                    .put("label", ToolJson.text(arguments, "label"))
                    .put("count", context.value(AtomicInteger.class, AtomicInteger::new).incrementAndGet())
                    .put("at", context.clock().instant().toString()));

    private static String call(ToolContext context) {
        return ToolRunner.run(List.of(COUNT), "count_calls", "{\"label\":\"tea\"}", context);
    }

    @Test
    void toolKeepsAValueForEachConversation() {
        var one = new ToolContext(CLOCK, ZoneOffset.UTC);
        var other = new ToolContext(CLOCK, ZoneOffset.UTC).with(AtomicInteger.class, new AtomicInteger(6));
        call(one);

        assertThat(call(one)).isEqualTo("{\"label\":\"tea\",\"count\":2,\"at\":\"2026-11-23T06:05:00Z\"}");
        assertThat(call(other)).contains("\"count\":7");
    }

    @Test
    void schemaListsTheParametersInOrder() {
        assertThat(COUNT.spec().inputSchema()).isEqualTo(
                """
                        {"type":"object","properties":{"label":{"type":"string","description":"What is counted"},"loud":{"type":"boolean"},\
                        "step":{"type":"integer","minimum":1,"maximum":9,"description":"The amount to add"}},"required":["label","loud"]}""");
        assertThat(ToolParameters.none().schema()).isEqualTo("{\"type\":\"object\",\"properties\":{}}");
    }
}
