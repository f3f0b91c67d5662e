/** Talks to language models behind OpenAI-compatible endpoints, with LangChain4j. Conversations stay outside. */
@NullMarked
package dev.parley.cascade.openai;

import org.jspecify.annotations.NullMarked;
