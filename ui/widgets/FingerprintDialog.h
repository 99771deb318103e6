#pragma once

#include "core/remote/HostConnection.h"

#include <QDialog>

class QLabel;
class QPushButton;
class QTableWidget;

namespace kwup {

/// Host keys nobody has confirmed yet, one row each; more rows may come while it is open. Open it
/// with open(); closing it refuses what is left. GUI thread.
class FingerprintDialog final : public QDialog {
    Q_OBJECT
public:
    explicit FingerprintDialog(QWidget *parent = nullptr);

    void addKey(int id, const ConnectPrompts::UnknownKey &key);
    void withdraw(int id);
    bool isEmpty() const { return m_ids.isEmpty(); }

signals:
    void answered(int id, bool trust);

protected:
    void changeEvent(QEvent *event) override;
    void done(int result) override;

private:
    void retranslateUi();
    void answerRow(int row, bool trust);
    void answerAll(bool trust);

    QList<int> m_ids;
    QLabel *m_text;
    QTableWidget *m_table;
    QPushButton *m_trustAll;
    QPushButton *m_trustOne;
    QPushButton *m_refuseOne;
};

} // namespace kwup
