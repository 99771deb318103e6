#include "core/ssh/Authenticator.h"

#include "core/ssh/AgentClient.h"
#include "core/ssh/PrivateKey.h"
#include "core/ssh/WireFormat.h"

#include <libssh2.h>

#include <cstdlib>
#include <cstring>

namespace kwup {

namespace {

using namespace std::chrono_literals;

/// PAM may wait some seconds after a wrong password; a jump adds its own latency.
constexpr auto LoginLimit = 60s;

/// libssh2 frees what it gets with free().
char *ownedCopy(const QByteArray &bytes)
{
    auto *copy = static_cast<char *>(std::malloc(static_cast<std::size_t>(bytes.size()) + 1));
    if (copy != nullptr)
        std::memcpy(copy, bytes.constData(), static_cast<std::size_t>(bytes.size()) + 1);
    return copy;
}

/// The algorithm named in the data to be signed (RFC 4252 §7); newer libraries choose it.
QByteArray algorithmIn(const QByteArray &data)
{
    WireReader reader(data);
    reader.string(); // session id
    reader.byte();
    for (int i = 0; i < 3; ++i)
        reader.string(); // user, service, "publickey"
    reader.byte();
    return reader.string();
}

int signData(LIBSSH2_SESSION *, unsigned char **signature, std::size_t *length,
             const unsigned char *data, std::size_t dataLength, void **abstract)
{
    const auto *sign = static_cast<const Authenticator::SignFunction *>(*abstract);
    const QByteArray bytes(reinterpret_cast<const char *>(data),
                           static_cast<qsizetype>(dataLength));
    const QByteArray made = (*sign)(algorithmIn(bytes), bytes);
    if (made.isEmpty())
        return -1;
    *signature = reinterpret_cast<unsigned char *>(ownedCopy(made));
    *length = static_cast<std::size_t>(made.size());
    return 0;
}

template <typename Text>
QString textOf(Text *text, int length)
{
    return QString::fromUtf8(reinterpret_cast<const char *>(text), length);
}

void answerQuestions(const char *name, int nameLength, const char *instruction,
                     int instructionLength, int count,
                     const LIBSSH2_USERAUTH_KBDINT_PROMPT *prompts,
                     LIBSSH2_USERAUTH_KBDINT_RESPONSE *responses, void **abstract)
{
    auto *session = static_cast<SshSession *>(*abstract);
    auto *authenticator = static_cast<Authenticator *>(session->questionHandler());
    QList<ConnectPrompts::Question> questions;
    for (int i = 0; i < count; ++i) {
        questions.append(
            {textOf(prompts[i].text, static_cast<int>(prompts[i].length)), prompts[i].echo != 0});
    }
    const QString title = textOf(name, nameLength) + u'\n' + textOf(instruction, instructionLength);
    const QList<Secret> answers = authenticator->answer(title.trimmed(), questions);
    for (int i = 0; i < count; ++i) {
        const QByteArray text = i < answers.size() ? answers[i].reveal() : QByteArray();
        responses[i].text = ownedCopy(text);
        responses[i].length = static_cast<unsigned>(text.size());
    }
}

unsigned sizeOf(const QByteArray &bytes)
{
    return static_cast<unsigned>(bytes.size());
}

} // namespace

Authenticator::Authenticator(SshSession &session, const Login &login, ConnectPrompts &prompts,
                             std::stop_token stop)
    : m_session(session)
    , m_login(login)
    , m_prompts(prompts)
    , m_stop(stop)
    , m_user(login.user.toUtf8())
    , m_watch(session, LoginLimit, LoginLimit, stop)
{
    m_session.setQuestionHandler(this);
}

Authenticator::~Authenticator()
{
    m_session.setQuestionHandler(nullptr);
}

Result<void> Authenticator::run()
{
    // Keys are tried without asking first: one round trip less, and libssh2 loses the first list
    // when it is asked for a second one.
    if (m_login.auth == AuthMethod::Agent)
        return byAgent();
    if (m_login.auth == AuthMethod::KeyFile)
        return byKeyFile();
    const auto offered = offeredMethods();
    if (!offered)
        return offered.error();
    if (offered->isEmpty())
        return {}; // "none" was enough
    return m_login.auth == AuthMethod::Password ? byPassword(*offered) : byQuestions(*offered);
}

Result<QStringList> Authenticator::offeredMethods()
{
    char *list = nullptr;
    const auto done = m_session.finish(m_watch, [this, &list] {
        list = libssh2_userauth_list(m_session.raw(), m_user.constData(), sizeOf(m_user));
        if (list != nullptr || libssh2_userauth_authenticated(m_session.raw()) != 0)
            return 0;
        return libssh2_session_last_errno(m_session.raw());
    });
    if (!done)
        return done.error();
    if (*done != 0)
        return m_session.error(ErrorCode::ProtocolError, {m_session.lastText()});
    return QString::fromLatin1(list).split(u',', Qt::SkipEmptyParts);
}

Result<void> Authenticator::byAgent()
{
    auto agent = AgentClient::open();
    auto keys = agent ? agent->identities() : Result<QList<QByteArray>>(agent.error());
    if (!keys) {
        Error error = keys.error();
        error.host = m_session.hostId();
        return error;
    }
    for (const QByteArray &key : *keys) {
        const auto accepted = byKey(key, [&](const QByteArray &algorithm, const QByteArray &data) {
            return agent->sign(key, algorithm, data);
        });
        if (!accepted)
            return accepted.error();
        if (*accepted)
            return {};
    }
    return secondFactor("agent");
}

Result<void> Authenticator::byKeyFile()
{
    const auto key = PrivateKey::load(m_login.keyFile, m_login.passphrase);
    if (!key) {
        Error error = key.error();
        error.host = m_session.hostId();
        return error;
    }
    const auto accepted =
        byKey(key->publicBlob(), [&key](const QByteArray &algorithm, const QByteArray &data) {
            return key->sign(algorithm, data);
        });
    if (!accepted)
        return accepted.error();
    return *accepted ? Result<void>() : secondFactor("publickey");
}

/// True when logged in, false when the server refused this key.
Result<bool> Authenticator::byKey(const QByteArray &publicBlob, const SignFunction &sign)
{
    QByteArray blob = publicBlob;
#if LIBSSH2_VERSION_NUM < 0x010b00
    // libssh2 takes the algorithm's name from the key itself. OpenSSH accepts the name of the
    // signature algorithm there, which is the only way to get a SHA-2 signature out of 1.10.
    if (WireReader(blob).string() == "ssh-rsa")
        blob = wireString("rsa-sha2-512") + blob.mid(4 + 7);
#endif
    SignFunction function = sign;
    void *abstract = &function;
    const auto done = m_session.finish(m_watch, [&] {
        return libssh2_userauth_publickey(m_session.raw(), m_user.constData(),
                                          reinterpret_cast<const unsigned char *>(blob.constData()),
                                          static_cast<std::size_t>(blob.size()), &signData,
                                          &abstract);
    });
    if (!done)
        return done.error();
    return *done == 0;
}

/// A server may want more than a key: then the key is no longer among its methods.
Result<void> Authenticator::secondFactor(const char *method)
{
    const auto offered = offeredMethods();
    if (!offered)
        return offered.error();
    if (offered->isEmpty())
        return {};
    if (!offered->contains(QLatin1String("publickey")))
        return byPassword(*offered);
    return refused(method, *offered);
}

Result<void> Authenticator::byPassword(const QStringList &offered)
{
    const bool mayAsk = offered.contains(QLatin1String("keyboard-interactive"));
    if (!offered.contains(QLatin1String("password")) || m_login.password.isEmpty())
        return mayAsk ? byQuestions(offered) : Result<void>(refused("password", offered));
    const QByteArray &password = m_login.password.reveal();
    const auto done = m_session.finish(m_watch, [&] {
        return libssh2_userauth_password_ex(m_session.raw(), m_user.constData(), sizeOf(m_user),
                                            password.constData(), sizeOf(password), nullptr);
    });
    if (!done)
        return done.error();
    if (*done == 0)
        return {};
    if (*done == LIBSSH2_ERROR_PASSWORD_EXPIRED) {
        if (mayAsk)
            return byQuestions(offered); // PAM's dialogue can change it
        return m_session.error(ErrorCode::PasswordExpired, {m_login.user});
    }
    // Debian offers one of the two, some others both with different back ends.
    return mayAsk ? byQuestions(offered) : Result<void>(refused("password", offered));
}

Result<void> Authenticator::byQuestions(const QStringList &offered)
{
    if (!offered.contains(QLatin1String("keyboard-interactive")))
        return m_login.auth == AuthMethod::KeyboardInteractive && !m_login.password.isEmpty()
                && offered.contains(QLatin1String("password"))
            ? byPassword(offered)
            : Result<void>(refused("keyboard-interactive", offered));
    const auto done = m_session.finish(m_watch, [this] {
        return libssh2_userauth_keyboard_interactive_ex(m_session.raw(), m_user.constData(),
                                                        sizeOf(m_user), &answerQuestions);
    });
    if (m_stop.stop_requested())
        return m_session.error(ErrorCode::Cancelled);
    if (!done)
        return done.error();
    if (*done == 0)
        return {};
    return refused("keyboard-interactive", offered);
}

QList<Secret> Authenticator::answer(const QString &title,
                                    const QList<ConnectPrompts::Question> &questions)
{
    if (questions.isEmpty() || m_gaveUp)
        return {};
    // One hidden question is the password question; a second one is something else (change of an
    // expired password, one-time code) or says that the first answer was wrong.
    const bool isPassword = questions.size() == 1 && !questions[0].echo && !m_passwordUsed
        && !m_login.password.isEmpty();
    if (isPassword) {
        m_passwordUsed = true;
        return {m_login.password};
    }
    const QList<Secret> answers = m_prompts.answer(m_session.hostId(), title, questions, m_stop);
    m_gaveUp = answers.isEmpty();
    m_watch.restart();
    return answers;
}

Error Authenticator::refused(const char *method, const QStringList &offered) const
{
    Error error = m_session.error(
        ErrorCode::AuthenticationFailed,
        {m_login.user, QString::fromLatin1(method), offered.join(QStringLiteral(", "))});
    error.evidence = m_session.lastText().toUtf8();
    return error;
}

} // namespace kwup
