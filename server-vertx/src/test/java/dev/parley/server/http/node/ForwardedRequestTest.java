package dev.parley.server.http.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ForwardedRequestTest {
    @Test
    void rawBytesOfTheQueryArePercentEncoded() {
        assertThat(ForwardedRequest.encoded("/a?b=%20&c=\u00e4\u00ff")).isEqualTo("/a?b=%20&c=%E4%FF");
        assertThat(ForwardedRequest.encoded("/a?b=%20")).isEqualTo("/a?b=%20");
    }
}
