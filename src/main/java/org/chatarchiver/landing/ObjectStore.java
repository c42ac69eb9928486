package org.chatarchiver.landing;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where landed bytes lie. Paths are relative, with slashes, and checked already. Safe for use by several threads. */
interface ObjectStore {
    /**
     * Stores the staged file under this name, whole or not at all; when this returns, a loss of power does not undo it.
     *
     * @return false if the name is taken: nothing was changed then
     */
    boolean publish(String path, Staged<?> staged) throws IOException;

    /** The stored bytes; the caller closes them. */
    InputStream open(String path) throws IOException;

    /**
     * The paths of everything below a folder, in no particular order, however many they are; the caller closes the stream.
     *
     * @param folder empty for all
     */
    Stream<String> list(String folder) throws IOException;

    /**
     * What stands in a folder itself, unsorted; the path of a folder in it ends in {@code /}. Only for folders with few entries.
     *
     * @param folder empty for the top
     */
    List<String> children(String folder) throws IOException;

    /** Removes what has this name, for good when this returns; nothing where nothing has it. */
    void remove(String path) throws IOException;

    /** Whether anything has this name. */
    boolean holds(String path) throws IOException;

    /** The digest of the plain bytes as it was noted when they were stored; empty where the store keeps none. */
    Optional<String> digest(String path) throws IOException;

    /** Whether this failure of reading says that nothing has that name. */
    boolean isMissing(Throwable failure);
}
