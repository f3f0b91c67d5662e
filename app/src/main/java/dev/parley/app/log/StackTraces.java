package dev.parley.app.log;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import org.jspecify.annotations.Nullable;

/**
 * Formats stack traces. Omits the messages of exceptions unless {@code messages} is set: many quote invalid input, which may be speech
 * or typed text.
 */
record StackTraces(boolean messages) {

    String of(IThrowableProxy thrown) {
        return ThrowableProxyUtil.asString(messages ? thrown : new WithoutMessage(thrown));
    }

    private record WithoutMessage(IThrowableProxy whole) implements IThrowableProxy {

        @Override
        public String getMessage() {
            return "(message left out)";
        }

        @Override
        public String getClassName() {
            return whole.getClassName();
        }

        @Override
        public StackTraceElementProxy[] getStackTraceElementProxyArray() {
            return whole.getStackTraceElementProxyArray();
        }

        @Override
        public int getCommonFrames() {
            return whole.getCommonFrames();
        }

        @Override
        public @Nullable IThrowableProxy getCause() {
            return whole.getCause() == null ? null : new WithoutMessage(whole.getCause());
        }

        @Override
        public IThrowableProxy[] getSuppressed() {
            IThrowableProxy[] all = whole.getSuppressed();
            var copies = new IThrowableProxy[all == null ? 0 : all.length];
            for (int i = 0; i < copies.length; i++) {
                copies[i] = new WithoutMessage(all[i]);
            }
            return copies;
        }

        @Override
        public boolean isCyclic() {
            return whole.isCyclic();
        }
    }
}
