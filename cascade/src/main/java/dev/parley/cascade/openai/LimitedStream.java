package dev.parley.cascade.openai;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Ends with an error when more than a number of bytes is read, so that a line without an end does not fill the memory. */
final class LimitedStream extends FilterInputStream {

    private int left;

    LimitedStream(InputStream in, int limit) {
        super(in);
        left = limit;
    }

    @Override
    public int read() throws IOException {
        int one = super.read();
        count(one < 0 ? 0 : 1);
        return one;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        count(Math.max(0, read));
        return read;
    }

    private void count(int read) throws IOException {
        left -= read;
        if (left < 0) {
            throw new IOException("the response is too large");
        }
    }
}
