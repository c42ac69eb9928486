package org.chatarchiver.landing;

/**
 * An object that is stored for good.
 *
 * @param path where it really is, relative to the landing zone: with an attempt in its name where the first choice was taken by other bytes
 * @param sha256 lower-case hex SHA-256 of the plain bytes
 * @param size plain bytes
 */
public record Landed(String path, String sha256, long size) {}
