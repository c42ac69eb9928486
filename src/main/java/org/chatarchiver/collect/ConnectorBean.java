package org.chatarchiver.collect;

import java.util.Date;
import org.apache.camel.Header;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;

/**
 * The parameters of one connector file as a bean of its routes: no parameter value stands where Camel would evaluate it.
 */
public class ConnectorBean {
    private String id;
    private Connectors connectors;
    private RunStarts starts;

    public void setId(String id) {
        this.id = id;
    }

    public void setConnectors(Connectors connectors) {
        this.connectors = connectors;
    }

    public void setStarts(RunStarts starts) {
        this.starts = starts;
    }

    /**
     * Opens the run that the schedule asks for; null if one polls already.
     *
     * @param fired the time that the schedule names, as Quartz has it
     */
    public CollectionState open(@Header("scheduledFireTime") Date fired) {
        Connector connector = connectors
                .find(id)
                .orElseThrow(() -> new IllegalStateException("The connector " + id + " is not running"));
        return starts.scheduled(connector, fired.toInstant());
    }
}
