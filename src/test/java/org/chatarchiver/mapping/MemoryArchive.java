package org.chatarchiver.mapping;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps mapping files in memory, and can be out. */
public final class MemoryArchive implements MappingArchive {
    final Map<String, byte[]> files = new ConcurrentHashMap<>();
    volatile boolean out;

    @Override
    public String keep(String connectorId, String sha256, Path csv) throws IOException {
        reach();
        String path = connectorId + "/" + sha256;
        files.put(path, Files.readAllBytes(csv));
        return path;
    }

    @Override
    public InputStream open(String path, String sha256) throws IOException {
        reach();
        return new ByteArrayInputStream(files.get(path));
    }

    private void reach() throws IOException {
        if (out) {
            throw new IOException("the archive is out");
        }
    }
}
