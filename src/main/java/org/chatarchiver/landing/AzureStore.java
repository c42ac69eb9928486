package org.chatarchiver.landing;

import com.azure.core.util.Context;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.blob.models.ParallelTransferOptions;
import com.azure.storage.blob.options.BlobParallelUploadOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The landing zone as a container of Azure Blob Storage, made on first use. Uploads go in blocks of 4 MB; the blob appears when its block
 * list is committed, under the condition {@code If-None-Match: *}, which the service applies at once for all who race for a name.
 */
final class AzureStore implements ObjectStore {
    private static final long BLOCK = 4L * 1024 * 1024;
    private static final int BLOCKS_AT_A_TIME = 2;
    private static final int NAMES_AT_A_TIME = 1_000;
    private static final String DIGEST = "sha256";
    private static final int NOT_FOUND = 404;
    private static final int PRECONDITION_FAILED = 412;
    /** A container with a retention policy names the policy, not the blob that is already there. */
    private static final Set<BlobErrorCode> TAKEN =
            Set.of(BlobErrorCode.BLOB_ALREADY_EXISTS, BlobErrorCode.BLOB_IMMUTABLE_DUE_TO_POLICY);

    private final BlobContainerClient container;

    AzureStore(BlobContainerClient container) {
        this.container = container;
    }

    @Override
    public boolean publish(String path, Staged<?> staged) throws IOException {
        try {
            return upload(path, staged);
        } catch (BlobStorageException e) {
            if (!BlobErrorCode.CONTAINER_NOT_FOUND.equals(e.getErrorCode())) {
                throw failed("write", path, e);
            }
        }
        try {
            container.createIfNotExists();
            return upload(path, staged);
        } catch (BlobStorageException e) {
            throw failed("write", path, e);
        }
    }

    private boolean upload(String path, Staged<?> staged) throws IOException {
        try (InputStream bytes = Files.newInputStream(staged.file())) {
            BlobParallelUploadOptions options = new BlobParallelUploadOptions(bytes)
                    .setParallelTransferOptions(new ParallelTransferOptions()
                            .setBlockSizeLong(BLOCK)
                            .setMaxSingleUploadSizeLong(BLOCK)
                            .setMaxConcurrency(BLOCKS_AT_A_TIME))
                    .setMetadata(Map.of(DIGEST, staged.sha256(), "size", Long.toString(staged.size())))
                    .setRequestConditions(new BlobRequestConditions().setIfNoneMatch("*"));
            container.getBlobClient(path).uploadWithResponse(options, null, Context.NONE);
            return true;
        } catch (BlobStorageException e) {
            if (TAKEN.contains(e.getErrorCode()) || e.getStatusCode() == PRECONDITION_FAILED) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public InputStream open(String path) throws IOException {
        try {
            return container.getBlobClient(LandingPath.checked(path)).openInputStream();
        } catch (BlobStorageException e) {
            throw failed("read", path, e);
        }
    }

    @Override
    public Stream<String> list(String folder) {
        ListBlobsOptions options = new ListBlobsOptions().setMaxResultsPerPage(NAMES_AT_A_TIME);
        if (!folder.isEmpty()) {
            options.setPrefix(LandingPath.checked(folder) + "/");
        }
        // The stream of a PagedIterable fetches ahead through a bounded buffer; its iterator takes page after page.
        return container.exists()
                ? StreamSupport.stream(container.listBlobs(options, null).spliterator(), false)
                        .map(BlobItem::getName)
                : Stream.empty();
    }

    @Override
    public List<String> children(String folder) throws IOException {
        ListBlobsOptions options = new ListBlobsOptions().setMaxResultsPerPage(NAMES_AT_A_TIME);
        if (!folder.isEmpty()) {
            options.setPrefix(LandingPath.checked(folder) + "/");
        }
        try {
            return container.exists()
                    ? container.listBlobsByHierarchy("/", options, null).stream()
                            .map(BlobItem::getName)
                            .toList()
                    : List.of();
        } catch (BlobStorageException e) {
            throw failed("list", folder, e);
        } catch (RuntimeException e) {
            // What the client throws where nobody answers is of no type of its own.
            throw new LandingException("cannot list " + container.getBlobContainerUrl() + ": " + e, e);
        }
    }

    @Override
    public void remove(String path) throws IOException {
        try {
            container.getBlobClient(LandingPath.checked(path)).deleteIfExists();
        } catch (BlobStorageException e) {
            throw failed("remove", path, e);
        }
    }

    @Override
    public boolean holds(String path) throws IOException {
        try {
            return container.getBlobClient(LandingPath.checked(path)).exists();
        } catch (BlobStorageException e) {
            throw failed("look for", path, e);
        }
    }

    @Override
    public Optional<String> digest(String path) throws IOException {
        try {
            return Optional.ofNullable(container
                    .getBlobClient(LandingPath.checked(path))
                    .getProperties()
                    .getMetadata()
                    .get(DIGEST));
        } catch (BlobStorageException e) {
            throw failed("read", path, e);
        }
    }

    @Override
    public boolean isMissing(Throwable failure) {
        return failure instanceof BlobStorageException e && e.getStatusCode() == NOT_FOUND;
    }

    private LandingException failed(String action, String path, BlobStorageException e) {
        return new LandingException(
                "cannot " + action + " " + path + " in container " + container.getBlobContainerName() + " of "
                        + container.getAccountUrl() + ": HTTP " + e.getStatusCode() + " " + e.getErrorCode()
                        + "; check archiver.azure.* and the roles of the credential (Storage Blob Data Contributor)",
                e);
    }
}
