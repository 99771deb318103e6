#include "ui/widgets/ReplicaChart.h"

#include <QEvent>
#include <QPainter>

namespace kwup {

ReplicaChart::ReplicaChart(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    describeForReaders();
}

void ReplicaChart::setNodes(const QList<NodeRow> &nodes)
{
    m_nodes = nodes;
    describeForReaders();
    updateGeometry();
    update();
}

QSize ReplicaChart::sizeHint() const
{
    const int lines = 1 + 2 * static_cast<int>(qMax<qsizetype>(1, m_nodes.size()));
    return {fontMetrics().averageCharWidth() * 40, fontMetrics().lineSpacing() * (lines + 1)};
}

QSize ReplicaChart::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 24, fontMetrics().lineSpacing() * 4};
}

void ReplicaChart::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QFontMetrics metrics = fontMetrics();
    const int line = metrics.lineSpacing();
    const QString leases = tr("Leaseholders");
    const QString replicas = tr("Replicas");
    const QColor strong = palette().color(QPalette::Highlight);
    QColor weak = strong;
    weak.setAlphaF(0.45F);

    int x = 0;
    const auto legend = [&](const QColor &color, const QString &text) {
        painter.fillRect(x, line / 4, line / 2, line / 2, color);
        painter.setPen(palette().color(QPalette::WindowText));
        x += line * 3 / 4;
        painter.drawText(x, metrics.ascent(), text);
        x += metrics.horizontalAdvance(text) + line;
    };
    legend(strong, leases);
    legend(weak, replicas);

    int most = 1;
    for (const NodeRow &node : m_nodes)
        most = qMax(most, qMax(node.leaseholders.value_or(0), node.ranges.value_or(0)));
    const int left = metrics.horizontalAdvance(tr("Node %1").arg(9999));
    const int room = qMax(1, width() - left - metrics.horizontalAdvance(QStringLiteral(" 999999")));
    const auto bar = [&](int y, int value, const QColor &color) {
        const int length = room * value / most;
        painter.fillRect(left, y + line / 6, length, line * 2 / 3, color);
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(left + length + metrics.averageCharWidth(), y + metrics.ascent(),
                         QString::number(value));
    };
    int y = line * 3 / 2;
    for (const NodeRow &node : m_nodes) {
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(0, y + metrics.ascent(), tr("Node %1").arg(node.id));
        bar(y, node.leaseholders.value_or(0), strong);
        bar(y + line, node.ranges.value_or(0), weak);
        y += line * 5 / 2;
    }
}

void ReplicaChart::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        describeForReaders();
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::LanguageChange)
        update();
}

void ReplicaChart::describeForReaders()
{
    setAccessibleName(tr("Leaseholders and replicas per node"));
    QStringList parts;
    for (const NodeRow &node : m_nodes) {
        parts << tr("Node %1: %2 leaseholders, %3 replicas")
                     .arg(node.id)
                     .arg(node.leaseholders.value_or(0))
                     .arg(node.ranges.value_or(0));
    }
    setAccessibleDescription(parts.join(u'\n'));
}

} // namespace kwup
