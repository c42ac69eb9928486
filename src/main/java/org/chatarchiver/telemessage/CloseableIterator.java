package org.chatarchiver.telemessage;

import java.io.Closeable;
import java.util.Iterator;

/** Camel's split closes an iterator that is {@link Closeable}. */
public interface CloseableIterator<T> extends Iterator<T>, Closeable {}
