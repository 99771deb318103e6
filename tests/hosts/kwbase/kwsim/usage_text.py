"""What `node status` prints before the error for a bad flag (02-node-status-formats.txt)."""

NODE_STATUS = """Usage:
  kwbase node status [<node id>] [flags]

Flags:
      --all                                                                 
                                                                                    Show all node details. When no node ID is specified, also lists all
                                                                                    nodes that have been decommissioned in the history of the cluster.
                                                                                   
      --cert-principal-map strings                                          
                                                                                    A comma separated list of <cert-principal>:<db-principal> mappings.
                                                                                    This allows mapping the principal in a cert to a DB principal such
                                                                                    as "node" or "root" or any SQL user. This is intended for use in
                                                                                    situations where the certificate management system places restrictions
                                                                                    on the Subject.CommonName or SubjectAlternateName fields in the
                                                                                    certificate (e.g. disallowing a CommonName such as "node" or "root").
                                                                                    If multiple mappings are provided for the same <cert-principal>,
                                                                                    the last one specified in the list takes precedence. A principal
                                                                                    not specified in the map is passed through as-is via the identity
                                                                                    function. A cert is allowed to authenticate a DB principal if the
                                                                                    DB principal name is contained in the mapped CommonName or DNS-type
                                                                                    SubjectAlternateName fields.
                                                                                   
      --certs-dir string                                                    
                                                                                    Path to the directory containing SSL certificates and keys.
                                                                                    Environment variable: KWBASE_CERTS_DIR
                                                                                    (default "${HOME}/.kwbase-certs")
      --cluster-name <identifier>                                           
                                                                                    Sets a name to verify the identity of a remote node or cluster. The
                                                                                    value must match between this node and the remote node(s) specified
                                                                                    via --join.  This can be used as an additional verification when
                                                                                    either the node or cluster, or both, have not yet been initialized
                                                                                    and do not yet know their cluster ID.  To introduce a cluster
                                                                                    name into an already-initialized cluster, pair this flag with
                                                                                    --disable-cluster-name-verification.
                                                                                   
      --decommission                                                        
                                                                                    Show node decommissioning details. When no node ID is specified, also
                                                                                    lists all nodes that have been decommissioned in the history of the
                                                                                    cluster.
                                                                                   
      --disable-cluster-name-verification                                   
                                                                                    Tell the server to ignore cluster name mismatches. This is meant
                                                                                    for use when opting an existing cluster into starting to use
                                                                                    cluster name verification, or when changing the cluster name.
                                                                                     The cluster should be restarted once with --cluster-name and
                                                                                    --disable-cluster-name-verification combined, and once all nodes have
                                                                                    been updated to know the new cluster name, the cluster can be restarted
                                                                                    again with this flag removed.
                                                                                   
      --format string                                                       
                                                                                    Selects how to display table rows in results. Possible values: tsv,
                                                                                    csv, table, records, sql, raw, html. If left unspecified, defaults to
                                                                                    tsv for non-interactive sessions and table for interactive sessions.
                                                                                    (default "tsv")
  -h, --help                                                                help for status
      --host <addr/host>[:<port>]                                           
                                                                                    KwDB node to connect to. This can be specified either as an
                                                                                    address/hostname, or together with a port number as in -s myhost:26257.
                                                                                    If the port number is left unspecified, it defaults to 26257. An IPv6
                                                                                    address can also be specified with the notation [...], for example
                                                                                    [::1]:26257 or [fe80::f6f2:::]:26257.
                                                                                    Environment variable: KWBASE_HOST
                                                                                    (default :26257)
      --insecure                                                            
                                                                                    Connect to an insecure cluster. This is strongly discouraged for
                                                                                    production usage.
                                                                                    Environment variable: KWBASE_INSECURE
                                                                                   
      --ranges                                                              
                                                                                    Show node details for ranges and replicas.
                                                                                   
      --stats                                                               
                                                                                    Show node disk usage details.
                                                                                   
      --timeout duration                                                    
                                                                                    If nonzero, return with an error if the operation does not conclude
                                                                                    within the specified timeout. 		The timeout is specified with a suffix
                                                                                    of 's' for seconds, 'm' for minutes, and 'h' for hours.
                                                                                   
      --url postgresql://[user[:passwd]@]host[:port]/[db][?parameters...]   
                                                                                    Connection URL, e.g. "postgresql://myuser@localhost:26257/mydb". If
                                                                                    left empty, the connection flags are used (host, port, user, database,
                                                                                    insecure, certs-dir).
                                                                                    Environment variable: KWBASE_URL

Global Flags:
      --logtostderr Severity[=DEFAULT]   logs at or above this threshold go to stderr (default NONE)
      --no-color                         disable standard error log colorization
      --vmodule moduleSpec               comma-separated list of pattern=N settings for file-filtered logging (significantly hurts performance)

"""
