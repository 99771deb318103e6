#pragma once

#include "core/kwdb/Types.h"

#include <QWidget>

namespace kwup {

/// Leaseholders and replicas per node as two bars each, with their numbers written beside them. The
/// table next to it shows the same numbers. GUI thread.
class ReplicaChart final : public QWidget {
    Q_OBJECT
public:
    explicit ReplicaChart(QWidget *parent = nullptr);
    void setNodes(const QList<NodeRow> &nodes);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void describeForReaders();

    QList<NodeRow> m_nodes;
};

} // namespace kwup
