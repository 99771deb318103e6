#pragma once

#include "ui/controllers/ChecksController.h"
#include "ui/controllers/ClusterMonitor.h"
#include "ui/controllers/DiscoveryController.h"
#include "ui/controllers/PackageController.h"
#include "ui/controllers/PromptBroker.h"
#include "ui/controllers/RunController.h"

#include <QWizard>

namespace kwup {

class FingerprintDialog;
class Language;
class PageList;
class StartPage;

/// The window. Decides the order of the pages, carries questions of connecting hosts to dialogs,
/// and asks before it is closed during a run. Engine, session and language outlive it. GUI thread.
class UpgradeWizard final : public QWizard {
    Q_OBJECT
public:
    enum Page { Start, Hosts, Discover, Package, Checks, Backup, Plan, Upgrade, Report };

    UpgradeWizard(Engine &engine, UpgradeSession &session, Language &language,
                  QWidget *parent = nullptr);
    ~UpgradeWizard() override;

    StartPage *startPage() const { return m_start; }
    int nextId() const override;
    void reject() override;
    QSize sizeHint() const override;

protected:
    void changeEvent(QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;

private:
    void addPages();
    void connectPrompts();
    void retranslateUi();
    void showPageList();
    void askBeforeClosing();
    void closeWhenRunEnds();

    Engine &m_engine;
    UpgradeSession &m_session;
    Language &m_language;
    PromptBroker m_prompts;
    DiscoveryController m_discovery;
    PackageController m_packages;
    ChecksController m_checks;
    ClusterMonitor m_checksMonitor;
    ClusterMonitor m_runMonitor;
    RunController m_run;
    StartPage *m_start;
    PageList *m_pageList;
    FingerprintDialog *m_fingerprints;
    bool m_closing = false;
};

} // namespace kwup
