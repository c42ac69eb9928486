package org.chatarchiver.collect;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The body of a page, which breaks off when its run is told to stop: a page may take many minutes. */
final class PolledBody extends FilterInputStream {
    private final Leases leases;
    private final String run;

    PolledBody(InputStream body, Leases leases, String run) {
        super(body);
        this.leases = leases;
        this.run = run;
    }

    @Override
    public int read() throws IOException {
        leases.check(run);
        return super.read();
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        leases.check(run);
        return super.read(into, from, length);
    }
}
