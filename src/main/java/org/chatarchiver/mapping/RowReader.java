package org.chatarchiver.mapping;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** Refuses endless rows, so that one quotation mark that is never closed does not take the whole file into memory. */
public final class RowReader extends FilterReader {
    /** Far more than a row needs, and more than the parser reads ahead. */
    private static final int LONGEST_ROW = 65_536;

    private int sinceRow;

    RowReader(Reader in) {
        super(in);
    }

    void rowDone() {
        sinceRow = 0;
    }

    @Override
    public int read() throws IOException {
        int c = super.read();
        count(c < 0 ? 0 : 1);
        return c;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        int n = super.read(buffer, offset, length);
        count(Math.max(n, 0));
        return n;
    }

    private void count(int read) throws IOException {
        sinceRow += read;
        if (sinceRow > LONGEST_ROW) {
            throw new RowTooLong();
        }
    }

    static final class RowTooLong extends IOException {
        private static final long serialVersionUID = 1L;

        RowTooLong() {
            super("The row does not end; is a quotation mark not closed?");
        }
    }
}
