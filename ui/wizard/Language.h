#pragma once

#include <QObject>
#include <QString>
#include <QTranslator>

namespace kwup {

/// The language of the window: installs the program's translation (`:/i18n/kwup_<code>.qm`) and
/// Qt's own; every widget gets a LanguageChange event at once. Codes: "en", "zh_CN". GUI thread;
/// one object, owned by main, outlives all widgets.
class Language final : public QObject {
    Q_OBJECT
public:
    explicit Language(QObject *parent = nullptr);
    ~Language() override;

    static QStringList codes();
    static QString nativeName(const QString &code); ///< in that language itself
    static QString preferred(); ///< what the desktop asks for

    QString current() const { return m_code; }
    void use(const QString &code); ///< unknown codes mean English

signals:
    void changed();

private:
    QString m_code;
    QTranslator m_program;
    QTranslator m_qt;
};

} // namespace kwup
