package dev.parley.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class EventArgumentsTest {

    @Test
    void nestedBytesBecomeAttachments() {
        var node = JsonMapper.shared().createObjectNode().put("sound", new byte[]{1});
        var written = EventArguments.write("event", node, new byte[]{2},
                Map.of("list", new Object[]{new byte[]{3}}), null, 1L);
        assertThat(written.json()).isEqualTo("""
                ["event",{"sound":{"_placeholder":true,"num":0}},{"_placeholder":true,"num":1},\
                {"list":[{"_placeholder":true,"num":2}]},null,1]""");
        var read = EventArguments.read(written, 1);
        assertThat(read.size()).isEqualTo(5);
        assertThat(read.bytes(read.json(0).path("sound"))).containsExactly(1);
        assertThat(read.bytes(1)).containsExactly(2);
        assertThat(read.bytes(read.json(2).path("list").get(0))).containsExactly(3);
    }

    @Test
    void missingArgumentsReadAsEmpty() {
        var read = EventArguments.read(EventArguments.write("event"), 1);
        assertThat(read.size()).isZero();
        assertThat(read.json(0).isMissingNode()).isTrue();
        assertThat(read.text(3)).isEmpty();
        assertThat(read.bytes(0)).isEmpty();
    }
}
