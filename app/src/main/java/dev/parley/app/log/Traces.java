package dev.parley.app.log;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import org.jspecify.annotations.Nullable;

/**
 * Stack traces as text. The messages of exceptions are left out unless they are asked for: many quote what they could not read, and that may be
 * what somebody said.
 */
record Traces(boolean messages) {

    String of(IThrowableProxy thrown) {
        return ThrowableProxyUtil.asString(messages ? thrown : new Discreet(thrown));
    }

    private record Discreet(IThrowableProxy whole) implements IThrowableProxy {

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
            return whole.getCause() == null ? null : new Discreet(whole.getCause());
        }

        @Override
        public IThrowableProxy[] getSuppressed() {
            IThrowableProxy[] all = whole.getSuppressed();
            var discreet = new IThrowableProxy[all == null ? 0 : all.length];
            for (int i = 0; i < discreet.length; i++) {
                discreet[i] = new Discreet(all[i]);
            }
            return discreet;
        }

        @Override
        public boolean isCyclic() {
            return whole.isCyclic();
        }
    }
}
