package org.chatarchiver.routing;

/**
 * The parameters of one connector file as a bean of its routes: no parameter value stands where Camel would evaluate it.
 */
public class ConnectorBean {
    private String id;
    private Connectors connectors;
    private Collecting collecting;

    public void setId(String id) {
        this.id = id;
    }

    public void setConnectors(Connectors connectors) {
        this.connectors = connectors;
    }

    public void setCollecting(Collecting collecting) {
        this.collecting = collecting;
    }

    /** Opens the run that the schedule asks for; null if one polls already. */
    public Poll open() {
        return collecting.scheduled(connectors
                .find(id)
                .orElseThrow(() -> new IllegalStateException("The connector " + id + " is not running")));
    }
}
