package dev.parley.bench.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PreparedBytesTest {
    @Test
    void serverReadsMaskedTextFrame() {
        String event = PreparedBytes.event("text", Shape.PAYLOAD);
        var server = new EmbeddedChannel(new WebSocket13FrameDecoder(true, false, 1 << 20));
        server.writeInbound(PreparedBytes.text(event).duplicate());
        TextWebSocketFrame frame = server.readInbound();
        assertThat(frame.text()).isEqualTo(event).startsWith("42[\"text\",\"").hasSize(1024 + 13);
        frame.release();
        server.finishAndReleaseAll();
    }

    @Test
    void findsEndOfHeadAndLengthOfBody() {
        String head = "HTTP/1.1 200 OK\r\ncontent-LENGTH: 12\r\nX: y\r\n\r\n";
        var answer = Unpooled.copiedBuffer(head + "twelve bytes", StandardCharsets.US_ASCII);
        assertThat(Http.headerEnd(answer)).isEqualTo(head.length());
        assertThat(Http.contentLength(head)).isEqualTo(12);
        assertThat(Http.headerEnd(answer.slice(0, head.length() - 1))).isEqualTo(-1);
    }
}
