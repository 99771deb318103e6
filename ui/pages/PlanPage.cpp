#include "ui/pages/PlanPage.h"

#include "core/base/CommandLine.h"
#include "core/base/SaveFile.h"
#include "core/plan/PlanNotes.h"
#include "ui/models/Format.h"
#include "ui/widgets/ErrorCard.h"
#include "ui/widgets/StatusLabel.h"
#include "ui/widgets/Views.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSplitter>
#include <QTreeView>
#include <QVBoxLayout>

namespace kwup {

PlanPage::PlanPage(UpgradeSession &session)
    : WizardPage(session)
    , m_summary(new StatusLabel(this))
    , m_notes(new QLabel(this))
    , m_error(new ErrorCard(this))
    , m_tree(makeTree(&m_model, QStringLiteral("planTree"), this))
    , m_expectation(makeText(this))
    , m_command(new QPlainTextEdit(this))
    , m_orderLabel(new QLabel(this))
    , m_order(new QListWidget(this))
    , m_up(new QPushButton(this))
    , m_down(new QPushButton(this))
    , m_save(new QPushButton(this))
{
    setCommitPage(true);
    build();
    connect(&session, &UpgradeSession::planChanged, this, &PlanPage::showPlan);
    connect(&session, &UpgradeSession::checksChanged, this, &PlanPage::showSummary);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &PlanPage::showStep);
    connect(m_up, &QPushButton::clicked, this, [this] { move(-1); });
    connect(m_down, &QPushButton::clicked, this, [this] { move(1); });
    connect(m_order, &QListWidget::currentRowChanged, this, &PlanPage::showSummary);
    // Queued: the list is still inside its drop when it tells of the moved row.
    connect(m_order->model(), &QAbstractItemModel::rowsMoved, this, &PlanPage::takeOrder,
            Qt::QueuedConnection);
    connect(m_save, &QPushButton::clicked, this, [this] {
        chooseNewFile(tr("Save the plan as a runbook"), QStringLiteral("kwdb-upgrade.md"),
                      [this](const QString &file) { saveRunbook(file); });
    });
    retranslateUi();
}

void PlanPage::build()
{
    m_order->setObjectName(QStringLiteral("nodeOrderList"));
    m_up->setObjectName(QStringLiteral("moveUpButton"));
    m_down->setObjectName(QStringLiteral("moveDownButton"));
    m_save->setObjectName(QStringLiteral("saveRunbookButton"));
    m_command->setObjectName(QStringLiteral("commandText"));
    m_notes->setObjectName(QStringLiteral("planNotes"));
    m_notes->setWordWrap(true);
    m_notes->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_command->setReadOnly(true);
    m_command->setTabChangesFocus(true);
    m_command->setFont(fixedFont());
    m_command->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_order->setDragDropMode(QAbstractItemView::InternalMove);
    m_order->setDefaultDropAction(Qt::MoveAction);
    m_orderLabel->setBuddy(m_order);
    auto *side = new QWidget(this);
    auto *sideColumn = new QVBoxLayout(side);
    sideColumn->setContentsMargins(0, 0, 0, 0);
    sideColumn->addWidget(m_orderLabel);
    sideColumn->addWidget(m_order, 1);
    auto *moves = new QHBoxLayout;
    moves->addWidget(m_up);
    moves->addWidget(m_down);
    sideColumn->addLayout(moves);
    auto *top = new QSplitter(Qt::Horizontal, this);
    top->setChildrenCollapsible(false);
    top->addWidget(m_tree);
    top->addWidget(side);
    top->setStretchFactor(0, 4);
    top->setStretchFactor(1, 1);
    m_orderBox = side;
    auto *details = new QWidget(this);
    auto *detailsColumn = new QVBoxLayout(details);
    detailsColumn->setContentsMargins(0, 0, 0, 0);
    detailsColumn->addWidget(m_expectation);
    detailsColumn->addWidget(m_command, 1);
    auto *splitter = new QSplitter(Qt::Vertical, this);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(top);
    splitter->addWidget(details);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_summary);
    column->addWidget(m_notes);
    column->addWidget(m_error);
    column->addWidget(splitter, 1);
    column->addWidget(m_save, 0, Qt::AlignLeft);
}

void PlanPage::initializePage()
{
    nameStart();
    session().makePlan();
    fillOrder();
    showPlan();
}

bool PlanPage::isComplete() const
{
    return session().planIsReady();
}

void PlanPage::nameStart()
{
    setButtonText(QWizard::CommitButton,
                  session().method() == Method::Restore ? tr("&Start going back")
                                                        : tr("&Start the upgrade"));
}

void PlanPage::showPlan()
{
    if (session().runState() != RunState::Idle)
        return;
    m_model.setPlan(session().plan());
    fitColumns(m_tree);
    m_tree->setColumnHidden(PlanModel::Command, true); // it stands below in full
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(PlanModel::Step, QHeaderView::Stretch);
    m_error->showError(session().planError());
    if (m_model.rowCount() > 0)
        m_tree->setCurrentIndex(m_model.index(0, 0, m_model.index(0, 0)));
    showStep();
    showSummary();
}

void PlanPage::showStep()
{
    const PlanStep *step = m_model.stepAt(m_tree->currentIndex());
    m_expectation->setText(step ? tr("Expected: %1").arg(stepExpectation(*step)) : QString());
    const bool changes = step && !step->script.isEmpty();
    m_command->setPlainText(changes    ? printable(step->script, 200000)
                                : step ? tr("This step changes nothing on a host.")
                                       : QString());
}

void PlanPage::showSummary()
{
    const int row = m_order->currentRow();
    m_up->setEnabled(row > 0);
    m_down->setEnabled(row >= 0 && row < m_order->count() - 1);
    m_save->setEnabled(session().plan().has_value());
    emit completeChanged();
    const auto &plan = session().plan();
    m_notes->setText(plan ? planNotes(*plan).join(u'\n') : QString());
    m_notes->setVisible(!m_notes->text().isEmpty());
    if (!plan) {
        m_summary->setStatus(Status::Bad, QString());
        return;
    }
    if (!session().planIsReady()) {
        m_summary->setStatus(Status::Bad,
                             tr("Since the last page a check stands against the "
                                "upgrade. Go back to the page Checks."));
        return;
    }
    const PlanStep *noReturn = plan->step(plan->pointOfNoReturn);
    const QString estimate = format::duration(plan->estimate());
    m_summary->setStatus(
        Status::Good,
        noReturn ? tr("The run takes about %1. Point of no return: \"%2\"; after it, going back "
                      "needs the backup.")
                       .arg(estimate, stepTitle(*noReturn))
                 : tr("The run takes about %1.").arg(estimate));
}

void PlanPage::fillOrder()
{
    m_order->clear();
    if (!session().plan())
        return;
    const bool isOrdered =
        session().plan()->hosts.size() > 1 && session().plan()->method != Method::ExportImport;
    m_orderBox->setVisible(isOrdered);
    for (const HostSpec &spec : session().plan()->hosts)
        m_order->addItem(spec.id());
    m_order->setCurrentRow(0);
}

void PlanPage::move(int by)
{
    const int row = m_order->currentRow();
    const int target = row + by;
    if (row < 0 || target < 0 || target >= m_order->count())
        return;
    m_order->insertItem(target, m_order->takeItem(row));
    m_order->setCurrentRow(target);
    takeOrder();
}

void PlanPage::takeOrder()
{
    QStringList ids;
    for (int row = 0; row < m_order->count(); ++row)
        ids << m_order->item(row)->text();
    session().setNodeOrder(ids);
}

void PlanPage::saveRunbook(const QString &file)
{
    const QFileInfo info(file);
    const QString shell =
        info.path() + QLatin1Char('/') + info.completeBaseName() + QStringLiteral(".sh");
    const auto write = [this](const QString &name, const QByteArray &content) {
        const auto saved = saveFile(name, content);
        if (!saved)
            tell(saved.error());
        return saved.has_value();
    };
    if (write(file, runbookMarkdown(*session().plan()).toUtf8()))
        write(shell, runbookShell(*session().plan()));
}

void PlanPage::retranslateUi()
{
    setTitle(tr("Plan"));
    setSubTitle(tr("These steps and commands are exactly what will run. Nothing has been changed "
                   "yet; the button below starts the upgrade."));
    nameStart();
    m_tree->setAccessibleName(tr("Steps of the plan"));
    m_command->setAccessibleName(tr("Command of the selected step"));
    m_orderLabel->setText(tr("&Order of the nodes"));
    m_order->setAccessibleName(tr("Order of the nodes"));
    m_up->setText(tr("Move &up"));
    m_down->setText(tr("Move &down"));
    m_save->setText(tr("Save as a run&book…"));
    m_model.retranslate();
    showStep();
    showSummary();
}

} // namespace kwup
