#pragma once

#include <QWidget>

class QLabel;

namespace kwup {

/// The steps of the wizard at its left side, the current one marked by an arrow and bold type.
class PageList final : public QWidget {
    Q_OBJECT
public:
    explicit PageList(QWidget *parent = nullptr);
    void setPages(const QStringList &titles, int current); ///< current: -1 for none
    QSize sizeHint() const override;

private:
    QList<QLabel *> m_labels;
};

} // namespace kwup
