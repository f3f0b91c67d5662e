package dev.parley.examples.spring;

/** One piece of news; the same record over HTTP and over Socket.IO. */
record News(String topic, String text) {
    News {
        if (topic == null || topic.isBlank() || text == null || text.isBlank()) {
            throw new IllegalArgumentException("news needs a topic and a text");
        }
    }
}
