#include "ui/widgets/FingerprintDialog.h"

#include "ui/widgets/Views.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

namespace kwup {

FingerprintDialog::FingerprintDialog(QWidget *parent)
    : QDialog(parent)
    , m_text(makeText(this))
    , m_table(new QTableWidget(0, 3, this))
    , m_trustAll(new QPushButton(this))
    , m_trustOne(new QPushButton(this))
    , m_refuseOne(new QPushButton(this))
{
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_text);
    column->addWidget(m_table, 1);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(m_refuseOne);
    buttons->addWidget(m_trustOne);
    buttons->addWidget(m_trustAll);
    column->addLayout(buttons);
    m_table->setObjectName(QStringLiteral("fingerprintTable"));
    m_trustAll->setObjectName(QStringLiteral("trustAllButton"));
    m_trustOne->setObjectName(QStringLiteral("trustButton"));
    m_refuseOne->setObjectName(QStringLiteral("refuseButton"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setStretchLastSection(true);
    // Enter must not trust a key by accident.
    for (QPushButton *button : {m_trustAll, m_trustOne, m_refuseOne})
        button->setAutoDefault(false);
    connect(m_trustAll, &QPushButton::clicked, this, [this] { answerAll(true); });
    connect(m_trustOne, &QPushButton::clicked, this,
            [this] { answerRow(m_table->currentRow(), true); });
    connect(m_refuseOne, &QPushButton::clicked, this,
            [this] { answerRow(m_table->currentRow(), false); });
    setMinimumWidth(fontMetrics().averageCharWidth() * 100);
    retranslateUi();
}

void FingerprintDialog::addKey(int id, const ConnectPrompts::UnknownKey &key)
{
    const int row = m_table->rowCount();
    m_ids.append(id);
    m_table->insertRow(row);
    m_table->setItem(row, 0, new QTableWidgetItem(key.host));
    m_table->setItem(row, 1, new QTableWidgetItem(key.keyType));
    m_table->setItem(row, 2, new QTableWidgetItem(key.fingerprint));
    m_table->item(row, 2)->setFont(fixedFont());
    m_table->resizeColumnsToContents();
    // As wide as the longest fingerprint: nobody compares what cannot be seen.
    const int margin = fontMetrics().averageCharWidth() * 8;
    resize(qMax(width(), m_table->horizontalHeader()->length() + margin), height());
    if (m_table->currentRow() < 0)
        m_table->setCurrentCell(0, 0);
}

void FingerprintDialog::withdraw(int id)
{
    const auto row = m_ids.indexOf(id);
    if (row < 0)
        return;
    m_ids.removeAt(row);
    m_table->removeRow(static_cast<int>(row));
    if (m_ids.isEmpty())
        hide();
}

void FingerprintDialog::answerRow(int row, bool trust)
{
    if (row < 0 || row >= m_ids.size())
        return;
    const int id = m_ids.takeAt(row);
    m_table->removeRow(row);
    emit answered(id, trust);
    if (m_ids.isEmpty())
        hide();
}

void FingerprintDialog::answerAll(bool trust)
{
    while (!m_ids.isEmpty())
        answerRow(0, trust);
}

void FingerprintDialog::done(int result)
{
    answerAll(false);
    QDialog::done(result);
}

void FingerprintDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslateUi();
}

void FingerprintDialog::retranslateUi()
{
    setWindowTitle(tr("Unknown host keys"));
    m_text->setText(tr("These hosts are not known yet. Compare each fingerprint with the one the "
                       "host's administrator gives you, or with the output of ssh-keygen -lf on "
                       "the host's own console. Trusted keys are remembered."));
    m_table->setAccessibleName(tr("Unknown host keys"));
    m_table->setHorizontalHeaderLabels({tr("Host"), tr("Key type"), tr("SHA-256 fingerprint")});
    m_trustAll->setText(tr("Trust &all keys shown"));
    m_trustOne->setText(tr("&Trust the selected key"));
    m_refuseOne->setText(tr("&Refuse the selected key"));
}

} // namespace kwup
