#pragma once

#include "ui/controllers/ClusterMonitor.h"

#include <QWidget>

#include <deque>

namespace kwup {

/// What the cluster answered over the last minutes, one bar a reading: full height when all nodes
/// were up, half when some were down, low when nobody answered. A sentence beside it says
/// the same. Keeps at most 400 readings. GUI thread.
class AvailabilityStrip final : public QWidget {
    Q_OBJECT
public:
    explicit AvailabilityStrip(QWidget *parent = nullptr);

    void add(Availability availability);
    void clear();
    int readings() const { return static_cast<int>(m_readings.size()); }
    int count(Availability availability) const;
    QString summary() const; ///< the sentence; also the accessible description

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void describeForReaders();

    std::deque<Availability> m_readings;
};

} // namespace kwup
